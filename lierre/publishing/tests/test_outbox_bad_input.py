"""Whatever is written, and whatever happens to the clock or to the keys: a sentence for a person, and nothing lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Delivery
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db

FAMILY = "👨‍👩‍👧‍👦"
RIGHT_TO_LEFT = "أهلاً وسهلاً بكم في الجامعة – \u200fיום פתוח, 6 mars\u200e, Brest"


def online(world):
    return [each["text"] for each in world.mastodon.statuses] + [
        each["value"]["text"] for each in world.bluesky.records.values()
    ]


def test_ten_thousand_characters_are_stopped_on_the_page_and_refused_by_the_network(client, world, univ, gwenael):
    post = write(Draft(["a" * 10_000], [univ]), by=gwenael)
    client.force_login(gwenael)

    page = client.post(reverse("publishing:post_act", args=[post.pk, "planifier"]), follow=True).content.decode()
    approved("b" * 10_000, univ)
    Outbox().once()

    assert "this cannot leave: it is too long." in page
    row = Delivery.objects.get(text__startswith="b")
    assert (row.state, online(world)) == ("refused", [])
    assert row.failure.startswith("The network refuses this message:")


def test_a_family_at_the_limit_leaves_whole(world, univ, bluesky):
    text = "é" * 288 + FAMILY * 12
    approved(text, univ, bluesky)

    Outbox().once()

    assert online(world) == [text, text]


def test_one_family_too_many_is_said_before_approval(client, bluesky, gwenael):
    post = write(Draft(["é" * 288 + FAMILY * 13], [bluesky]), by=gwenael)
    client.force_login(gwenael)

    assert "1 sign too many." in client.get(post.get_absolute_url()).content.decode()


def test_what_is_written_from_right_to_left_arrives_as_it_was_written(world, univ, bluesky):
    approved(RIGHT_TO_LEFT, univ, bluesky)

    Outbox().once()

    assert online(world) == [RIGHT_TO_LEFT, RIGHT_TO_LEFT]


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.7/",
        "http://[::ffff:10.0.0.7]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "https://ent.ubn.local./",
    ],
)
def test_a_link_that_nobody_outside_can_open_is_said_before_it_leaves(client, world, univ, gwenael, address):
    post = write(Draft([f"Tout est là : {address}"], [univ]), by=gwenael)
    client.force_login(gwenael)

    page = client.post(reverse("publishing:post_act", args=[post.pk, "planifier"]), follow=True).content.decode()

    assert "Nobody outside can open this address:" in page
    assert (set(post.deliveries.values_list("state", flat=True)), online(world)) == ({"draft"}, [])


def test_a_server_of_the_inside_is_never_called(db):
    with pytest.raises(Refused):
        connect("mastodon", "inside", "token", address="http://10.0.0.7", by="the tests")


def test_a_token_revoked_in_the_middle_of_a_thread_stops_it_there_and_another_one_goes_on(world, univ, monkeypatch):
    post = world.mastodon.post

    def then_revoked(*words):
        world.revoked.add("token-univ")
        return post(*words)

    monkeypatch.setattr(world.mastodon, "post", then_revoked)
    approved(["Un", "Deux", "Trois"], univ)
    Outbox().once()
    Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
    Outbox().once()
    univ.refresh_from_db()
    middle = [row.state for row in Delivery.objects.order_by("part")], univ.held, bool(univ.said)

    monkeypatch.setattr(world.mastodon, "post", post)
    world.revoked.clear()
    connect("mastodon", "univ", "token-univ", address=world.address, by="the tests")
    Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
    Outbox().once()

    assert middle == (["confirmed", "waiting", "waiting"], "token", True)
    assert [row.state for row in Delivery.objects.order_by("part")] == ["confirmed"] * 3
    assert online(world) == ["Un", "Deux", "Trois"]
    first, second, _third = world.mastodon.statuses
    assert [each["in_reply_to_id"] for each in world.mastodon.statuses] == [None, first["id"], second["id"]]


def test_a_clock_that_jumps_forward_asks_a_person_and_sends_no_burst(world, univ):
    """A day is lost: to the rows, it is as if all of them were a day older."""
    for hour in range(6):
        approved(f"Dans {hour + 1} h", univ, due_at=timezone.now() + timedelta(hours=hour + 1))
    day = timedelta(days=1)
    for row in Delivery.objects.all():
        Delivery.objects.filter(pk=row.pk).update(due_at=row.due_at - day, next_at=row.next_at - day)

    Outbox().once()

    assert set(Delivery.objects.values_list("state", flat=True)) == {"missed"}
    assert online(world) == []


def test_a_clock_that_is_set_back_loses_nothing_and_sends_nothing_twice(world, univ):
    """It was an hour ahead when the message left and nobody answered; then somebody set it right."""
    world.mastodon.lag = 3_600.0
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", univ)
    Outbox().once()
    row, hour = Delivery.objects.get(), timedelta(hours=1)
    ahead = {name: getattr(row, name) + hour for name in ("next_at", "sent_at", "last_sent_at")}
    Delivery.objects.update(**ahead)
    world.mastodon.lag = 0.0

    Outbox().once()

    assert (row.state, Delivery.objects.get().state, online(world)) == ("in_flight", "confirmed", ["Portes ouvertes"])
