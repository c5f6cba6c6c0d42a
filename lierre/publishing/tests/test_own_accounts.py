"""An ambassador connects an account of their own, sends one text by one gesture, and closes it with everything it held."""

import json
import re
from datetime import timedelta
from fnmatch import fnmatchcase
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import Role
from lierre.foundation.models.journal import Entry
from lierre.foundation.personal_data import register
from lierre.publishing.ambassadors import writing
from lierre.publishing.ambassadors.joining import leave
from lierre.publishing.models import (
    Account,
    Delivery,
    Notice,
    OwnAccount,
    OwnAttempt,
    OwnDelivery,
    OwnOpening,
    OwnText,
    Post,
)
from lierre.publishing.models.rule import Rule
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.own import closing, connecting, saying
from lierre.publishing.own.ending import tell_of_ends
from lierre.publishing.tests.speakers import speaker, topic
from lierre.publishing.tests.test_opening import answered, come_back

pytestmark = pytest.mark.django_db
OWN = "Ma première bouée, je l’ai posée sous la neige."
TOMORROW = timezone.localdate() + timedelta(days=1)


def way_there(client, world) -> str:
    """The address over there, that the button of the page leads to."""
    said = {"way": "code", "server": world.address}
    page = client.post(reverse("publishing:connect_own", args=["mastodon"]), said, follow=True)
    button = re.search(r'class="button primary" href="(/[^"]+/partir/)"', page.text)
    return str(client.get(button.group(1))["Location"])  # type: ignore[union-attr]


@pytest.fixture
def who(university, yann):
    return speaker(yann, university, networks=["mastodon", "linkedin"])


@pytest.fixture
def material(gwenael):
    return topic(gwenael)


@pytest.fixture
def mine(world, who):
    """Yann’s own account, on the network of the tests."""
    connecting.with_key(connecting.account_of(who, "mastodon"), "token-yann", whose="", address=world.address)
    return OwnAccount.objects.get()


def press(client, material, text=OWN, **said):
    return client.post(
        reverse("publishing:say_own", args=[material.pk, "mastodon"]),
        {"text": text, "when": "now", **said},
        follow=True,
    )


def act(client, delivery, name, **said):
    return client.post(reverse("publishing:own_act", args=[delivery.pk, name]), said, follow=True)


def test_somebody_says_yes_over_there_for_their_own_account(client, yann, world, who):
    client.force_login(yann)

    page = client.get(reverse("publishing:connect_own", args=["mastodon"]))
    way = way_there(client, world)
    come_back(client, answered(way))

    own = OwnAccount.objects.get()
    assert "and nothing else" in page.text
    assert (own.ambassador, own.is_connected, "Nobody but me" in own.words) == (who, True, True)
    assert OwnOpening.objects.get().sealed == ""
    asked = parse_qs(urlsplit(way).query)["scope"][0].split()
    assert ("write:statuses" in asked, "read:notifications" in asked) == (True, False)
    assert not Account.objects.exists()


def test_their_text_leaves_once_when_they_press_and_the_page_says_where_it_is(client, yann, world, material, mine):
    client.force_login(yann)

    pressed = press(client, material)
    Outbox().once()
    again = press(client, material)
    Outbox().once()

    row = OwnDelivery.objects.get()
    assert "It leaves within some seconds." in pressed.text
    assert "is not sent a second time" in again.text
    assert [each["text"] for each in world.mastodon.statuses] == [OWN]
    assert (row.state, row.post.link) == ("confirmed", row.permalink)
    assert row.post.published_at is not None
    assert row.permalink in client.get(reverse("publishing:own_accounts")).text
    assert row.permalink in client.get(reverse("publishing:own_text", args=[material.pk])).text


@pytest.mark.parametrize("fault", ["commit-drop", "commit-500", "drop-before"])
def test_whatever_the_network_does_it_is_online_once(client, yann, world, material, mine, fault):
    """Told that it is not, or told nothing at all: the same road as what the institution says."""
    client.force_login(yann)
    world.faults.next = [fault]

    press(client, material)
    Outbox().once()
    OwnAccount.objects.update(quiet_until=None)
    before = timezone.now() - timedelta(minutes=2)
    OwnDelivery.objects.exclude(next_at=None).update(next_at=timezone.now(), last_sent_at=before)
    Outbox().once()

    row = OwnDelivery.objects.get()
    assert (row.state, row.failure) == ("confirmed", "")
    assert [each["text"] for each in world.mastodon.statuses] == [OWN]


def test_what_is_sent_is_what_stands_on_the_page(client, yann, material, mine):
    """The buttons send the text with them, kept or not: nobody publishes what they wrote the day before."""
    client.force_login(yann)

    page = client.get(reverse("publishing:own_text", args=[material.pk])).text

    button = f'form="own-text" formaction="{reverse("publishing:say_own", args=[material.pk, "mastodon"])}"'
    assert 'id="own-text"' in page
    assert page.count(button) == 2
    assert 'form="own-text"' in page.partition('name="mastodon-hour"')[2].partition(">")[0]


def test_nobody_opens_these_pages_in_the_place_of_another(settings):
    names = ["own_accounts", "connect_own", "disconnect_own", "own_opening", "leave_for_own", "own_text", "this_week",
             "open_network", "topic_visual"]  # fmt: skip

    closed = settings.CLOSED_TO_OTHERS

    assert all(any(fnmatchcase(f"publishing:{name}", each) for each in closed) for name in names)


def test_at_the_hour_they_chose_and_not_after_all(client, yann, world, material, mine):
    client.force_login(yann)
    hour = {"when": "at", "mastodon-day": TOMORROW.isoformat(), "mastodon-hour": "08:15"}

    incomplete = press(client, material, when="at")
    press(client, material, **hour)
    waits = OwnDelivery.objects.get()
    page = client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "Autre chose."}, follow=True)
    Outbox().once()
    act(client, waits, "abandonner")
    press(client, material, text="Autre chose.", **hour)

    assert incomplete.status_code == 422
    assert "Choose the day too." in incomplete.text
    assert waits.due_at.astimezone(timezone.get_current_timezone()).hour == 8
    assert "what leaves is what stood here" in page.text
    assert world.mastodon.statuses == []
    assert [(row.state, row.text) for row in OwnDelivery.objects.all()] == [("waiting", "Autre chose.")]


def test_nothing_leaves_by_itself_and_no_rule_of_the_house_stops_it(client, yann, world, material, mine):
    Rule.objects.create(
        kind="avoid", name="Mots usés", words=["synergie"], why="Personne ne le dit.", severity="blocks"
    )
    client.force_login(yann)

    client.post(reverse("publishing:own_text", args=[material.pk]), {"text": "Quelle synergie"})
    Outbox().once()
    kept = len(world.mastodon.statuses)
    press(client, material, text="Quelle synergie")
    Outbox().once()

    assert (kept, len(world.mastodon.statuses)) == (0, 1)


def test_what_the_network_would_refuse_is_said_before(client, yann, world, material, mine):
    client.force_login(yann)

    page = press(client, material, text="é" * 5_001)

    assert not OwnDelivery.objects.exists()
    assert OwnText.objects.get().text == "é" * 5_001
    assert "4501 signs too many." in page.text


def test_what_nobody_can_prove_is_theirs_to_settle(client, yann, material, mine):
    """Two buttons, with the evidence; and a word by mail, that says nothing of what it is about."""
    client.force_login(yann)
    row = doubtful(yann, material, mine)

    page = client.get(reverse("publishing:own_accounts"))
    act(client, row, "absente")
    row.refresh_from_db()
    sent_again = row.state
    row = in_doubt(row)
    empty = act(client, row, "en-ligne", link="")
    row.refresh_from_db()

    assert "Nobody knows." in page.text
    assert "It is not there" in page.text
    assert (sent_again, row.state) == ("waiting", "to_check")
    assert "Give the address at which you see it." in empty.text
    told = Notice.objects.filter(subject__contains="waits for you")
    assert told
    assert not any(OWN in each.body or "houle" in each.subject for each in told)


def doubtful(yann, material, mine) -> OwnDelivery:
    own = writing.own_text(mine.ambassador, material)
    writing.keep(own, OWN)
    saying.say(own, mine)
    return in_doubt(OwnDelivery.objects.get())


def in_doubt(row: OwnDelivery) -> OwnDelivery:
    row.account.claim("the tests")
    row.claim()
    row.freeze({"network": "mastodon", "key": str(row.key), "payload": {}, "text": row.text}, None)
    row.leave()
    row.ask("Nobody knows.")
    row.account.leave("the tests")
    return row


def test_nobody_else_sees_any_of_it(client, yann, gwenael, malo, helene, material, mine, capsys):
    doubtful(yann, material, mine)
    pages = ("accounts", "calendar", "week", "agenda", "board", "desk", "queues", "official", "links",
             "materials", "taking_part", "new_post", "export_calendar")  # fmt: skip
    told = []
    for user in (gwenael, malo, helene):
        client.force_login(user)
        for name in pages:
            answer = client.get(reverse(f"publishing:{name}"))
            told.append(answer.text if not answer.streaming else "")
        table = client.get(reverse("publishing:export_accounts", args=["csv"]))
        told.append(b"".join(table).decode())
        told.append(client.get(reverse("foundation:journal")).text)
    for command in (("network", "list"), ("network", "list", "--json"), ("outbox", "--json"), ("outbox",)):
        call_command(*command)
    told.append(capsys.readouterr().out)

    for word in (mine.handle, mine.remote_id, OWN, "sous la neige", "token-yann"):
        assert not any(word in page for page in told), word
    assert not Account.objects.exists()
    assert not Delivery.objects.exists()
    assert not Post.objects.exists()


def test_an_administrator_has_numbers(client, yann, material, mine, capsys):
    doubtful(yann, material, mine)

    call_command("outbox", "--own")

    assert json.loads(capsys.readouterr().out) == {"connected": 1, "held": 0, "to_check": 1}


def test_the_journal_says_that_somebody_connected_and_not_what(yann, material, mine, world):
    closing.close(mine, by=yann)

    entries = Entry.objects.filter(verb__startswith="ambassador.account")
    assert [(entry.verb, entry.actor_id) for entry in entries.order_by("pk")] == [
        ("ambassador.account_connected", yann.pk), ("ambassador.account_disconnected", yann.pk),
    ]  # fmt: skip
    assert not any(str(each) for entry in entries for each in entry.details.values())


def test_another_ambassador_sees_and_touches_nothing(client, university, yann, lena_too, material, mine):
    row = doubtful(yann, material, mine)
    client.force_login(lena_too)

    answers = [
        act(client, row, "absente").status_code,
        client.get(reverse("publishing:disconnect_own", args=["mastodon"])).status_code,
        press(client, material).status_code,
    ]

    assert answers == [404, 404, 404]
    assert mine.handle not in client.get(reverse("publishing:own_accounts")).text


@pytest.fixture
def lena_too(university):
    user = get_user_model().objects.create(email="lena.too@ubn.example", name="Lena Aussi")
    Role.objects.create(user=user, unit=university, kind="ambassador")
    speaker(user, university, networks=["mastodon"])
    return user


def test_disconnecting_destroys_the_keys_here_and_gives_them_back(
    client, yann, world, who, material, django_capture_on_commit_callbacks
):
    client.force_login(yann)
    come_back(client, answered(way_there(client, world)))
    press(client, material, when="at", **{"mastodon-day": TOMORROW.isoformat(), "mastodon-hour": "08:15"})
    said = client.get(reverse("publishing:disconnect_own", args=["mastodon"])).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("publishing:disconnect_own", args=["mastodon"]))

    assert "1 text that was to leave does not leave." in said
    assert world.revoked == {"token-univ"}
    assert not OwnAccount.objects.exists()
    assert not OwnDelivery.objects.exists()
    assert OwnText.objects.get().text == OWN


@pytest.mark.parametrize("how", ["leave", "role", "erase"])
def test_whoever_leaves_takes_the_account_away(yann, malo, world, material, mine, how):
    doubtful(yann, material, mine)
    OwnDelivery.objects.update(state="waiting", next_at=timezone.now())

    if how == "leave":
        leave(mine.ambassador)
    elif how == "role":
        Role.objects.get(user=yann, kind="ambassador").withdraw(by=malo, why="Parti.", despite=True)
        Outbox().once()
        closing.close_left()
    else:
        for each in register():
            if each.erase is not None and each.model.startswith("publishing."):
                each.erase(yann)

    assert world.mastodon.statuses == []
    assert [model.objects.count() for model in (OwnAccount, OwnDelivery, OwnAttempt)] == [0, 0, 0]


def test_what_is_held_about_somebody_is_told_to_them(yann, material, mine):
    doubtful(yann, material, mine)

    told = {each.model: each.export(yann) for each in register() if "own" in each.model}

    assert told["publishing.ownaccount"][0]["handle"] == mine.handle
    assert told["publishing.owndelivery"][0]["text"] == OWN
    assert not any("sealed" in row for rows in told.values() for row in rows)


def test_an_account_of_the_institution_is_nobodys_own(client, yann, world, univ, who):
    client.force_login(yann)

    page = client.post(
        reverse("publishing:connect_own", args=["mastodon"]),
        {"way": "key", "secret": "token-univ", "server": world.address},
    )

    assert "speaks for the institution" in page.text
    assert not OwnAccount.objects.connected().exists()


def test_they_are_told_before_their_keys_end_four_times_and_nobody_else_is(client, yann, material, mine, world):
    ends = timezone.now() + timedelta(days=20)
    mine.write(expires_at=ends)
    client.force_login(yann)
    press(client, material, when="at", **{"mastodon-day": TOMORROW.isoformat(), "mastodon-hour": "08:15"})
    told = []
    for day in range(21):
        now = timezone.now() + timedelta(days=day)
        told.append(tell_of_ends(now))
        fresh = Notice.objects.first() if told[-1] else None
        Notice.objects.filter(pk=fresh and fresh.pk).update(made_at=now)

    assert [day for day, count in enumerate(told) if count] == [6, 13, 17, 19]
    assert set(Notice.objects.values_list("to", flat=True)) == {yann.pk}
    assert "1 text of yours waits for its hour." in Notice.objects.first().body


def test_a_held_account_waits_and_only_they_are_told(client, yann, gwenael, world, material, mine):
    client.force_login(yann)
    mine.hold("token", "The network says no.", by="outbox")
    press(client, material)
    Outbox().once()

    assert "The network says no." in client.get(reverse("publishing:own_accounts")).text
    assert OwnDelivery.objects.get().state == "waiting"
    assert Notice.objects.get().to == yann
    client.post(reverse("publishing:try_own", args=["mastodon"]))
    Outbox().once()
    assert OwnDelivery.objects.get().state == "confirmed"
