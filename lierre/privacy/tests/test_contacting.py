"""May we write to this person? What they said, what we hold, how often they were asked."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.merging import merge, unmerge
from lierre.people.models import Person
from lierre.people.tests.witnesses import tell
from lierre.privacy.contacting import may_contact, may_contact_all, record_contact
from lierre.privacy.models import Budget, Consent, Purpose

pytestmark = pytest.mark.django_db
WORDS = "La lettre de l’association, une fois par mois."


def say(person, said, purpose=None, **more):
    return Consent.write(person, said, purpose=purpose, how="link", words=WORDS, by=person, **more)


def test_what_needs_consent_waits_for_it(amelie, letter):
    assert may_contact(amelie, letter).reason == "They never agreed to this."

    say(amelie, "yes", letter)

    assert may_contact(amelie, letter)


def test_what_rests_on_another_basis_is_allowed_until_they_object(amelie, network):
    assert may_contact(amelie, network)

    say(amelie, "no", network)

    assert may_contact(amelie, network).reason == "They refused this."


def test_a_key_means_the_purpose_of_their_population(amelie):
    assert may_contact(amelie, "relations")
    assert may_contact(amelie, "ambassadeurs").reason == "No purpose of this name stands for them."


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"died": "2026-01-03"}, "This person has died."),
        ({"lost": True}, "This person is lost from sight."),
        ({"do_not_contact": True}, "They asked not to be written to."),
    ],
)
def test_states_of_the_person_come_first(amelie, network, facts, reason):
    tell(amelie, "staff", date(2026, 9, 1), **facts)
    amelie.refresh_from_db()

    assert may_contact(amelie, network).reason == reason


def test_an_address_that_came_back_leads_nowhere(network):
    erwan = tell(
        None, "school", date(2020, 9, 1), given="Erwan", family="Bellec",
        contacts=[{"kind": "email", "value": "erwan@courriel.example", "refused": True}],
    )  # fmt: skip

    assert may_contact(erwan, network).reason == "What we hold to reach them came back."
    assert may_contact(erwan, network, channel="phone").reason == "We hold no way to reach them."


def test_everything_stops_with_one_word_but_what_the_law_makes_us_send(amelie, network):
    say(amelie, "no")

    assert may_contact(amelie, network).reason == "They asked not to be written to."
    assert may_contact(amelie, "information")


def test_a_pause_ends_by_itself(amelie, network):
    say(amelie, "pause", until=timezone.localdate() + timedelta(days=30))

    assert may_contact(amelie, network).reason == "They asked for a pause."
    assert may_contact(amelie, network, at=timezone.now() + timedelta(days=40))


def test_one_is_not_asked_more_than_twice_a_year_all_services_together(amelie, gifts):
    record_contact(amelie, gifts, service="fondation")
    record_contact(amelie, "fiche", service="bureau des diplômés")

    assert may_contact(amelie, gifts).reason == "They were asked something 2 times this year."
    assert may_contact(amelie, "relations")
    with pytest.raises(Refused):
        record_contact(amelie, "statistiques", service="observatoire")
    assert may_contact(amelie, gifts, at=timezone.now() + timedelta(days=366))


def test_the_budget_is_decided_and_journaled(maiwenn, amelie, gifts):
    record_contact(amelie, gifts, service="fondation")

    Budget.decide(1, by=maiwenn, reason="Deux, c’était trop.")

    assert not may_contact(amelie, gifts)
    assert Entry.objects.get(verb="budget.decided").details == {"before": 2, "after": 1}


def test_less_often_is_heard(amelie, letter):
    say(amelie, "yes", letter, frequency=91)
    record_contact(amelie, letter, service="association")

    assert may_contact(amelie, letter).reason == "They asked to be written to less often."
    assert may_contact(amelie, letter, at=timezone.now() + timedelta(days=92))


def test_a_rhythm_holds_across_all_subjects(amelie, letter, network, gifts):
    say(amelie, "yes", letter)
    say(amelie, "rhythm", frequency=30)
    record_contact(amelie, network, service="bureau des diplômés")

    for purpose in (letter, network, gifts):
        assert may_contact(amelie, purpose).reason == "They asked to be written to less often, all subjects together."
    assert may_contact(amelie, "information")
    assert may_contact(amelie, letter, at=timezone.now() + timedelta(days=31))

    say(amelie, "rhythm", frequency=0)
    assert may_contact(amelie, letter)


def test_what_the_law_makes_us_send_does_not_use_the_rhythm_up(amelie, network):
    say(amelie, "rhythm", frequency=30)
    record_contact(amelie, "information", service="privacy")

    assert may_contact(amelie, network)


def test_while_two_are_one_the_rarer_rhythm_holds(solenn, amelie, same_amelie, network):
    say(amelie, "rhythm", frequency=30)
    say(same_amelie, "rhythm", frequency=365)
    record_contact(same_amelie, network, service="association", at=timezone.now() - timedelta(days=90))
    assert may_contact(amelie, network)

    merge(same_amelie, amelie, by=solenn, reason="Même personne, nom d’épouse.")

    assert not may_contact(amelie, network)


def test_a_pause_does_not_undo_a_rhythm(amelie, network):
    say(amelie, "rhythm", frequency=30)
    say(amelie, "pause", until=timezone.localdate())
    say(amelie, "resume")
    record_contact(amelie, network, service="bureau des diplômés")

    assert not may_contact(amelie, network)


def test_while_two_persons_are_one_the_stricter_consent_holds(solenn, amelie, same_amelie, letter):
    say(amelie, "yes", letter)
    say(same_amelie, "no", letter)

    done = merge(same_amelie, amelie, by=solenn, reason="Même personne, nom d’épouse.")
    assert may_contact(amelie, letter).reason == "They refused this."

    unmerge(done, by=solenn)
    amelie, same_amelie = Person.objects.get(pk=amelie.pk), Person.objects.get(pk=same_amelie.pk)
    assert may_contact(amelie, letter)
    assert may_contact(same_amelie, letter).reason == "They refused this."


def test_what_is_said_after_the_merging_is_said_for_both(solenn, amelie, same_amelie, letter):
    say(same_amelie, "no", letter)
    merge(same_amelie, amelie, by=solenn, reason="Même personne, nom d’épouse.")

    say(amelie, "yes", letter)

    assert may_contact(amelie, letter)


def test_both_were_asked_once_so_they_were_asked_twice(solenn, amelie, same_amelie, gifts):
    record_contact(amelie, gifts, service="fondation")
    record_contact(same_amelie, gifts, service="association")
    merge(same_amelie, amelie, by=solenn, reason="Même personne, nom d’épouse.")

    assert may_contact(amelie, gifts).reason == "They were asked something 2 times this year."


def test_a_consent_is_never_changed(amelie, letter):
    kept = say(amelie, "yes", letter)

    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=kept.pk).update(said="no")
    assert Consent.objects.get().said == "yes"


def test_a_consent_keeps_its_proof_and_leaves_a_line(amelie, letter):
    kept = say(amelie, "yes", letter)

    assert (kept.words, kept.how, kept.said_by) == (WORDS, "link", "")
    assert Entry.objects.about(amelie).filter(verb="consent.yes").get().details["purpose"] == "lettre-association"


def test_a_purpose_that_is_closed_allows_nothing(maiwenn, amelie, gifts):
    gifts.close(by=maiwenn, reason="La fondation a fermé.")

    assert may_contact(amelie, "dons").reason == "This purpose is closed."


def test_many_are_answered_with_as_many_questions_as_one(amelie, same_amelie, django_assert_max_num_queries):
    network = Purpose.objects.get(key="relations", population="graduates")

    with django_assert_max_num_queries(8):
        found = may_contact_all([amelie, same_amelie], network)

    assert [bool(answer) for answer in found.values()] == [True, True]
