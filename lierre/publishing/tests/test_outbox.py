"""What is approved leaves once; what the network does not say is found out, or asked of a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.models import Account, Delivery
from lierre.publishing.outbox.adopting import adopt
from lierre.publishing.outbox.health import check_held
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


def the_row() -> Delivery:
    return Delivery.objects.get()


def later() -> None:
    """Time passes: what waits for its turn, or for the network, is looked at."""
    Delivery.objects.exclude(next_at=None).update(
        next_at=timezone.now(), last_sent_at=timezone.now() - timedelta(minutes=2)
    )
    Account.objects.update(quiet_until=None)
    Outbox().once()


def test_an_approved_post_leaves_and_its_proof_is_kept(world, univ):
    approved("Bonjour à tous", univ)

    Outbox().once()

    row = the_row()
    assert (row.state, row.network_id) == ("confirmed", world.mastodon.statuses[0]["id"])
    assert row.permalink == world.mastodon.statuses[0]["url"]
    assert [attempt.outcome for attempt in row.log.all()] == ["confirmed"]
    assert Entry.objects.filter(verb="delivery.confirmed").count() == 1


def test_a_post_that_is_due_later_waits(world, univ):
    approved("Demain", univ, due_at=timezone.now() + timedelta(hours=1))

    Outbox().once()

    assert the_row().state == "waiting"
    assert world.mastodon.statuses == []


@pytest.mark.parametrize("fault", ["commit-drop", "commit-500", "commit-502"])
def test_what_the_network_took_without_saying_so_is_found_there_and_not_sent_again(world, univ, fault):
    world.faults.next = [fault]
    approved("Portes ouvertes", univ)

    Outbox().once()

    assert the_row().state == "confirmed"
    assert len(world.mastodon.statuses) == 1


def test_with_a_listing_that_is_late_the_key_makes_one_of_two(world, univ):
    world.mastodon.lag = 3600.0
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", univ)

    Outbox().once()
    flying = the_row().state
    later()

    assert (flying, the_row().state) == ("in_flight", "confirmed")
    assert len(world.mastodon.statuses) == 1


def test_where_nothing_guards_and_nothing_is_seen_a_person_is_asked(world, settings):
    from lierre.publishing.outbox.connecting import connect

    world.mastodon.honours_key, world.mastodon.lag = False, 3600.0
    keyless = connect("mastodon", "keyless", "token-keyless", address=world.address, by="the tests")
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", keyless)

    Outbox().once()
    later()

    assert the_row().state == "to_check"
    assert len(world.mastodon.statuses) == 1
    world.mastodon.lag = 0.0
    later()
    assert the_row().state == "confirmed"


@pytest.mark.parametrize("fault", ["drop-before", "429", "429-retry-after", "500-before"])
def test_what_was_not_taken_leaves_afterwards_once(world, univ, fault):
    world.faults.next = [fault]
    approved("Portes ouvertes", univ)

    Outbox().once()
    before = len(world.mastodon.statuses)
    later()

    assert before == 0
    assert the_row().state == "confirmed"
    assert len(world.mastodon.statuses) == 1


def test_one_refusal_of_a_living_token_holds_nothing(world, univ):
    world.faults.refused_once.add("token-univ")
    approved("Portes ouvertes", univ)

    Outbox().once()
    later()

    univ.refresh_from_db()
    assert (the_row().state, univ.held) == ("confirmed", "")


def test_a_dead_token_holds_the_account_and_loses_nothing(world, univ):
    from lierre.publishing.outbox.connecting import connect

    approved("Portes ouvertes", univ)
    Account.objects.filter(pk=univ.pk).update(sealed=connect_other(world).sealed)

    Outbox().once()
    univ.refresh_from_db()
    held = (univ.held, the_row().state)
    connect("mastodon", "univ", "token-univ", address=world.address, by="the tests")
    later()

    assert held == ("token", "waiting")
    assert the_row().state == "confirmed"


def connect_other(world):
    """An account whose token no longer opens anything."""
    from lierre.connectors.network import Credentials
    from lierre.publishing.outbox.speaking import as_text

    other = Account.objects.create(name="other", network="mastodon", label="Other")
    other.connect(as_text(Credentials("revoked")), by="the tests")
    return other


def test_a_text_that_the_network_refuses_goes_back_and_is_not_sent_again(world, univ):
    approved("a" * 501, univ)

    Outbox().once()
    later()

    assert the_row().state == "refused"
    assert world.writes == 1


def test_a_thread_goes_on_where_it_stopped(world, univ):
    world.faults.next = ["", "429", ""]
    approved(["Un", "Deux", "Trois"], univ)

    Outbox().once()
    middle = [row.state for row in Delivery.objects.order_by("part")]
    later()

    said = [(each["text"], each["in_reply_to_id"]) for each in world.mastodon.statuses]
    ids = [each["id"] for each in world.mastodon.statuses]
    assert middle == ["confirmed", "waiting", "waiting"]
    assert said == [("Un", None), ("Deux", ids[0]), ("Trois", ids[1])]


def test_after_an_outage_nothing_leaves_in_a_burst(world, univ):
    for number in range(5):
        approved(f"Hier {number}", univ, due_at=timezone.now() - timedelta(hours=3))

    Outbox().once()
    missed = Delivery.objects.get(text="Hier 0")
    missed.send_now(by="the tests")
    Outbox().once()

    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["confirmed", *["missed"] * 4]
    assert len(world.mastodon.statuses) == 1


def test_a_post_that_was_withdrawn_in_time_does_not_leave(world, univ):
    post = approved("Portes ouvertes", univ)
    post.withdraw(by="the tests")

    Outbox().once()

    assert the_row().state == "cancelled"
    assert world.mastodon.statuses == []


def test_a_worker_that_lost_the_account_sends_nothing(world, univ):
    approved("Portes ouvertes", univ)
    row = the_row()
    row.holder = "somebody who was slow"

    assert not row.claim()
    assert the_row().state == "waiting"


def test_what_a_dead_worker_had_taken_without_saying_anything_leaves_again(world, univ):
    approved("Portes ouvertes", univ)
    the_row().claim()

    Outbox().once()

    assert the_row().state == "confirmed"
    assert len(world.mastodon.statuses) == 1


def test_two_workers_do_not_speak_for_one_account(univ):
    assert univ.claim("one")
    assert not univ.claim("other")


def test_bluesky_is_told_again_and_holds_one(world, bluesky):
    world.faults.next = ["commit-drop", "commit-500"]
    approved("Bonjour à tous 🌿", bluesky)

    Outbox().once()
    later()
    later()

    assert the_row().state == "confirmed"
    assert len(world.bluesky.records) == 1


def test_by_hand_a_person_gives_the_address(by_hand, gwenael):
    approved("Portes ouvertes", by_hand)

    Outbox().once()
    row = the_row()
    asked = row.state
    with pytest.raises(Refused):
        adopt(row, "https://www.example.org/elsewhere", by=gwenael)
    adopt(row, "https://www.linkedin.com/posts/ubn_portes-1", by=gwenael)

    row.refresh_from_db()
    assert (asked, row.state, row.permalink) == ("to_check", "confirmed", "https://www.linkedin.com/posts/ubn_portes-1")


def test_an_address_proves_one_post_only(by_hand, gwenael):
    for text in ("Portes ouvertes", "Fest-noz"):
        approved(text, by_hand)
    Outbox().once()
    one, other = Delivery.objects.order_by("pk")

    adopt(one, "https://www.linkedin.com/posts/ubn_1", by=gwenael)

    with pytest.raises(Refused):
        adopt(other, "https://www.linkedin.com/posts/ubn_1", by=gwenael)


def test_an_account_that_answers_again_is_released(world, univ):
    univ.hold(Account.Held.UNREACHABLE, "It did not answer.", by="outbox")

    back = check_held()

    univ.refresh_from_db()
    assert (back, univ.held) == (1, "")
