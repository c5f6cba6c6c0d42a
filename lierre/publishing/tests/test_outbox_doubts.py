"""As long as nobody knows what is online, nothing is said that could be taken for it; what can be read is read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.publishing.models import Account, Delivery
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.sending import Sender
from lierre.publishing.tests.conftest import approved
from lierre.publishing.tests.test_outbox import later, the_row

pytestmark = pytest.mark.django_db


def test_the_same_letters_with_other_signs_wait_until_it_is_known_which_of_them_is_online(world, settings):
    """A list is read without its signs: the first was not taken, and must not be found in the second."""
    world.mastodon.honours_key = False
    keyless = connect("mastodon", "keyless", "token-keyless", address=world.address, by="the tests")
    world.faults.next = ["drop-before"]
    approved("Portes ouvertes !", keyless)
    approved("Portes ouvertes ?", keyless)

    Outbox().once()
    first = [row.state for row in Delivery.objects.order_by("pk")]
    Delivery.objects.in_doubt().update(next_at=None)  # somebody is asked, and looks
    later()

    assert first == ["in_flight", "waiting"]
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["in_flight", "confirmed"]
    assert [each["text"] for each in world.mastodon.statuses] == ["Portes ouvertes ?"]


def test_whoever_must_stop_says_nothing_again_and_the_row_is_true(world, univ):
    world.mastodon.lag = 3600.0
    world.faults.next = ["commit-500"]
    approved("Portes ouvertes", univ)
    told_to_stop = iter([True, False, False])

    assert univ.claim("a worker")
    Sender(univ, "a worker").send_all(lambda: next(told_to_stop))
    univ.leave("a worker")

    assert (the_row().state, the_row().sent_times, world.writes) == ("in_flight", 1, 1)
    world.mastodon.lag = 0.0
    Outbox().once()
    assert (the_row().state, world.writes) == ("confirmed", 1)


def test_an_address_that_is_too_long_to_be_kept_keeps_nothing_from_being_online(world, univ, monkeypatch):
    post = world.mastodon.post
    monkeypatch.setattr(
        world.mastodon, "post", lambda *words: (200, post(*words)[1] | {"url": "https://ubn.example/" + "a" * 600})
    )
    approved("Portes ouvertes", univ)

    Outbox().once()

    assert (the_row().state, the_row().network_id, the_row().permalink) == (
        "confirmed", world.mastodon.statuses[0]["id"], "",
    )  # fmt: skip


def test_a_reader_that_is_late_makes_nobody_look_where_the_place_is_ours(world, bluesky, monkeypatch):
    """Said again, it is refused because something stands there; which is not shown yet, and is ours."""
    shown = world.bluesky.get
    monkeypatch.setattr(
        world.bluesky, "get", lambda *_place: (400, {"error": "RecordNotFound", "message": "Not there"})
    )
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", bluesky)

    Outbox().once()
    later()
    late = the_row().state
    monkeypatch.setattr(world.bluesky, "get", shown)
    later()

    assert (late, the_row().state, len(world.bluesky.records)) == ("in_flight", "confirmed", 1)


def test_while_the_network_asks_for_silence_what_is_in_doubt_is_looked_for_and_nothing_else_is_said(world, univ):
    world.mastodon.lag = 3600.0
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", univ)
    approved("Journée des doctorants", univ)
    Outbox().once()
    silence = timezone.now() + timedelta(minutes=15)
    Account.objects.update(quiet_until=silence)
    writes = world.writes
    approved("Plus tard", univ)

    Outbox().once()
    world.mastodon.lag = 0.0
    Delivery.objects.in_doubt().update(next_at=timezone.now())
    Outbox().once()

    univ.refresh_from_db()
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["confirmed", "confirmed", "waiting"]
    assert (world.writes, univ.quiet_until) == (writes, silence)


def test_what_may_be_said_again_is_not_while_the_network_asks_for_silence(world, univ):
    world.faults.next = ["drop-before"]
    approved("Portes ouvertes", univ)
    Outbox().once()
    silence = timezone.now() + timedelta(minutes=15)
    Account.objects.update(quiet_until=silence)
    Delivery.objects.update(next_at=timezone.now(), last_sent_at=timezone.now() - timedelta(minutes=2))

    Outbox().once()

    assert (the_row().state, the_row().next_at, world.writes) == ("in_flight", silence, 1)
