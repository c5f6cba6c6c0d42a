"""What is approved leaves once; what the network does not say is found out, or asked of a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.connectors.network import networks
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.models import Account, Delivery, Post
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


def meanwhile(monkeypatch, act):
    """Something happens here while a message leaves."""
    mastodon = networks()["mastodon"]
    publish = mastodon.publish

    def publish_then(*words):
        act()
        return publish(*words)

    monkeypatch.setattr(mastodon, "publish", publish_then)


def test_silence_asked_for_in_the_middle_of_a_burst_is_kept_at_once(world, univ, monkeypatch):
    meanwhile(monkeypatch, lambda: univ.hold(Account.Held.PERSON, by="the tests"))
    for number in range(3):
        approved(f"Annonce {number}", univ)

    Outbox().once()

    assert list(Delivery.objects.values_list("state", flat=True)) == ["confirmed", "waiting", "waiting"]
    assert len(world.mastodon.statuses) == 1


def test_what_was_written_otherwise_at_the_last_second_leaves_as_it_was_written(world, univ, monkeypatch):
    """Both were found due together; the second one is changed while the first one leaves."""
    approved("Annonce", univ)
    other = approved("Portes ouvertes le 6", univ)

    def change():
        Post.objects.filter(pk=other.pk).update(language="br")
        other.parts = ["Portes ouvertes le 7"]
        other.lay_out()

    meanwhile(monkeypatch, change)
    Outbox().once()

    assert [each["text"] for each in world.mastodon.statuses] == ["Annonce", "Portes ouvertes le 7"]
    assert [each["language"] for each in world.mastodon.statuses] == ["fr", "br"]


def test_an_answer_that_names_another_post_of_ours_proves_nothing(world, univ, monkeypatch):
    approved("Annonce", univ)
    Outbox().once()
    told = world.mastodon.told(world.mastodon.statuses[0])
    approved("Portes ouvertes", univ)
    monkeypatch.setattr(world.mastodon, "post", lambda *_words: (200, told))

    Outbox().once()

    last = Delivery.objects.get(text="Portes ouvertes")
    assert (last.state, last.network_id) == ("to_check", "")
    assert last.failure == "The network answered with another post of ours, which says the same."


def test_an_account_where_something_may_have_left_is_served_first(world, univ, bluesky):
    approved("Annonce", univ)
    world.faults.next = ["commit-drop"]
    approved("Portes ouvertes", bluesky)
    Delivery.objects.filter(account=univ).update(next_at=timezone.now() - timedelta(minutes=1))
    row = Delivery.objects.get(account=bluesky)
    row.claim()
    row.leave({"network": "bluesky"})

    assert Outbox().due_accounts() == [bluesky, univ]


def test_a_clock_that_is_set_back_by_two_hours_delays_nothing(world, univ):
    """A part that follows, an account that was quiet, a lease of somebody who died: all dated two hours ahead."""
    outbox = Outbox()
    outbox.once()
    world.faults.next = ["", "429"]
    approved(["Un", "Deux"], univ)
    outbox.once()
    hours, before = timedelta(hours=2), [row.state for row in Delivery.objects.order_by("part")]
    part = Delivery.objects.get(part=1)
    Delivery.objects.filter(part=1).update(next_at=part.next_at + hours, due_at=part.due_at + hours)
    univ.refresh_from_db()
    univ.write(quiet_until=univ.quiet_until + hours, holder="somebody who died", lease_until=timezone.now() + hours)
    outbox.ahead += hours.total_seconds()

    outbox.see_the_clock()
    part.refresh_from_db()
    univ.refresh_from_db()
    waits = [moment - timezone.now() for moment in (part.next_at, univ.quiet_until)]
    Delivery.objects.filter(part=1).update(next_at=timezone.now())
    Account.objects.update(quiet_until=None)
    outbox.once()

    assert before == ["confirmed", "waiting"]
    assert max(waits) < timedelta(minutes=1)
    assert [each["text"] for each in world.mastodon.statuses] == ["Un", "Deux"]


def test_who_sends_without_a_pulse_keeps_the_account_as_long_as_it_sends(world, univ, monkeypatch):
    monkeypatch.setattr("lierre.publishing.outbox.lane.BEAT", 0.0)
    for number in range(3):
        approved(f"Annonce {number}", univ)
    nearly_over = timedelta(seconds=2)
    meanwhile(monkeypatch, lambda: Account.objects.update(lease_until=timezone.now() + nearly_over))
    leases = []
    claim = Delivery.claim

    def seen(row):
        leases.append(Account.objects.get().lease_until - timezone.now())
        return claim(row)

    monkeypatch.setattr(Delivery, "claim", seen)
    Outbox().once()

    assert len(leases) == 3
    assert min(leases) > timedelta(seconds=10)
