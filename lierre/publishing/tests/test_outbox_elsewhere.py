"""LinkedIn and Facebook through the whole outbox, on their simulators: nothing guards there, and nothing goes out twice."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from lierre.publishing.models import Account, Delivery
from lierre.publishing.models.delivery import hash_of
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.health import check_held
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved
from simulators.facebook import Facebook
from simulators.faults import COMMITS, Fault
from simulators.linkedin import LinkedIn
from simulators.serving import living

pytestmark = pytest.mark.django_db

NETWORKS = {"linkedin": LinkedIn, "facebook": Facebook}
# Cut, changed or refused by who would not write it as each network wants it.
HARD = "Rentrée (solennelle) : #JPO, n° #1 — a_b * c ~ d | <e> {f} [g] @h \\ 👩‍👩‍👧‍👦 « à 50 % » https://ubn.example/a_(b)?c=d#e"
UNSAID = sorted(COMMITS - {Fault.COMMIT_THEN_SLOW})


@pytest.fixture
def there(request, settings, db):
    """A simulator, and a page connected to it."""
    settings.ALLOW_LOOPBACK = True
    simulator = NETWORKS[request.param]()
    with living(simulator) as address:
        setattr(settings, f"{request.param.upper()}_BASE_URL", address)
        simulator.univ = connect(request.param, "univ", simulator.token, by="the tests")
        yield simulator


on_both = pytest.mark.parametrize("there", [*NETWORKS], indirect=True)
on_linkedin = pytest.mark.parametrize("there", ["linkedin"], indirect=True)
on_facebook = pytest.mark.parametrize("there", ["facebook"], indirect=True)


def later(there, seconds=60):
    """Time passes, here and there."""
    there.let_pass(seconds)
    wait = timedelta(seconds=seconds)
    begun = Delivery.objects.exclude(sent_at=None).exclude(state="confirmed")
    begun.update(sent_at=F("sent_at") - wait, last_sent_at=F("last_sent_at") - wait)
    Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
    Account.objects.update(quiet_until=None)
    Outbox().once()


def states():
    return [row.state for row in Delivery.objects.order_by("part", "pk")]


def texts(there):
    return [each["text"] for each in there.online()]


@on_both
def test_what_is_online_is_the_text_as_it_was_meant(there):
    approved(HARD, there.univ)

    Outbox().once()

    row = Delivery.objects.get()
    assert (row.state, texts(there), row.text_hash) == ("confirmed", [HARD], hash_of(HARD))
    assert row.network_id == there.online()[0]["id"]
    assert row.permalink == there.online()[0]["link"]


@on_both
@pytest.mark.parametrize("fault", UNSAID)
def test_taken_without_a_word_it_is_found_there_and_not_sent_again(there, fault):
    there.faults.strike(fault)
    approved("Portes ouvertes", there.univ)

    Outbox().once()
    later(there)

    assert (states(), texts(there)) == (["confirmed"], ["Portes ouvertes"])


@on_both
@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.TOO_MANY_UNTIL, Fault.UNAUTHORISED_ONCE])
def test_refused_for_a_while_it_waits_and_leaves_once(there, fault):
    there.faults.strike(fault)
    approved("Portes ouvertes", there.univ)

    Outbox().once()
    before = states(), texts(there)
    later(there)
    later(there)

    there.univ.refresh_from_db()
    assert before == (["waiting"], [])
    assert (states(), texts(there), there.univ.held) == (["confirmed"], ["Portes ouvertes"], "")


@on_linkedin
def test_what_its_list_does_not_show_is_said_once_more_and_is_one(there):
    """Taken the first time or not: a second one is refused, and the refusal names the first."""
    for text, fault, lag in (("Perdu", Fault.DROP_BEFORE, 0), ("Tard", Fault.COMMIT_THEN_DROP, 3_600)):
        there.lag = lag
        there.faults.strike(fault)
        approved(text, there.univ)
        Outbox().once()
        later(there)

    assert (states(), sorted(texts(there))) == (["confirmed", "confirmed"], ["Perdu", "Tard"])


@on_facebook
def test_what_its_list_does_not_show_is_asked_of_a_person_and_never_said_again(there):
    there.faults.strike(Fault.DROP_BEFORE)
    approved("Perdu", there.univ)

    Outbox().once()
    for _time in range(3):
        later(there)
    row = Delivery.objects.get()
    asked = row.state, row.sent_times, texts(there)
    row.it_is_not(by="the tests")
    Outbox().once()

    assert asked == ("to_check", 1, [])
    assert (states(), texts(there)) == (["confirmed"], ["Perdu"])


@on_facebook
def test_a_list_that_is_late_ends_the_doubt_by_itself(there):
    there.lag = 100
    there.faults.strike(Fault.COMMIT_THEN_500)
    approved("Tard", there.univ)

    Outbox().once()
    later(there)
    asked = states()
    later(there)

    assert (asked, states(), texts(there)) == (["to_check"], ["confirmed"], ["Tard"])


@on_both
def test_parts_that_follow_are_comments_and_go_on_where_they_stopped(there):
    there.faults.strike(Fault.COMMIT_THEN_DROP, Fault.TOO_MANY)
    approved(["L’annonce", "Le lien : https://ubn.example/jpo", "Et merci"], there.univ)

    for _time in range(4):
        later(there)

    assert states() == ["confirmed"] * 3
    assert texts(there) == ["L’annonce", "Le lien : https://ubn.example/jpo", "Et merci"]


@on_linkedin
def test_the_same_words_twice_are_refused_with_a_sentence_and_are_there_once(there):
    approved("Portes ouvertes", there.univ)
    Outbox().once()
    approved("Portes ouvertes", there.univ)
    Outbox().once()

    last = Delivery.objects.latest("pk")
    assert (last.state, texts(there)) == ("refused", ["Portes ouvertes"])
    assert last.failure == "The network already holds the same message, and refuses it a second time."


@on_linkedin
@pytest.mark.parametrize(("what", "broken", "held"), [
    ("versions", {"203001"}, "version"), ("role", "", "role"), ("scopes", {"openid", "rw_organization_admin"}, "scope"),
])  # fmt: skip
def test_what_only_a_person_can_set_right_holds_the_account_and_loses_nothing(there, what, broken, held):
    whole = getattr(there, what)
    setattr(there, what, broken)
    approved("Portes ouvertes", there.univ)

    Outbox().once()
    later(there)
    there.univ.refresh_from_db()
    before = there.univ.held, states(), texts(there)
    setattr(there, what, whole)
    there.univ.release(by="the tests")
    later(there)

    assert before == (held, ["waiting"], [])
    assert (states(), texts(there)) == (["confirmed"], ["Portes ouvertes"])


@on_both
def test_a_token_that_died_is_given_again_and_what_waited_leaves(there):
    alive, there.token = there.token, "another one"
    approved("Portes ouvertes", there.univ)

    Outbox().once()
    later(there)
    there.univ.refresh_from_db()
    before = there.univ.held, states()
    there.token = alive
    check_held(timezone.now() + timedelta(hours=1))
    later(there)

    assert before == ("token", ["waiting"])
    assert (states(), texts(there)) == (["confirmed"], ["Portes ouvertes"])
