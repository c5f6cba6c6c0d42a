"""Whom it is worth asking, and why some of them will not be."""

from datetime import date, timedelta

import pytest

from lierre.community.asking.hazard import Hazard
from lierre.community.asking.learning import pairs
from lierre.community.asking.permission import PURPOSE, note_asked
from lierre.community.asking.preparing import Scope, prepare
from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask, Candidate
from lierre.community.tests.graduates import TODAY, graduate, prepared
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.tests.witnesses import tell
from lierre.privacy.contacting import record_contact
from lierre.privacy.models import Consent, Purpose

pytestmark = pytest.mark.django_db


def ranked() -> list[str]:
    weigh(TODAY)
    return [each.person.given for each in Candidate.objects.select_related("person")]


def test_what_was_said_longest_ago_is_asked_first():
    graduate("Erwan", day=date(2024, 1, 5))
    graduate("Nolwenn", day=date(2014, 1, 5))
    graduate("Maël", day=date(2026, 10, 5))  # this year: there is nothing to ask

    assert ranked() == ["Nolwenn", "Erwan"]


def test_an_address_that_nobody_proved_and_a_retired_class_are_worth_less():
    graduate("Retirée", year=1975)
    graduate("Nolwenn")
    graduate("Erwan", contacts=[{"kind": "email", "value": "erwan@courriel.example"}])

    assert ranked() == ["Nolwenn", "Erwan", "Retirée"]


def test_who_told_no_position_is_asked_what_they_do(solenn):
    graduate("Nolwenn", positions=None)

    ask = prepared(solenn).asks.get()

    assert (ask.kind, ask.wording, ask.about) == ("which", "What do you do today?", {})


def test_the_question_repeats_what_was_known_word_for_word(solenn):
    graduate("Nolwenn")

    ask = prepared(solenn).asks.get()

    assert ask.wording == "Still archiviste at Armor Énergies?"
    assert ask.about == {"title": "Archiviste", "employer": "Armor Énergies", "city": "Brest"}


def test_the_best_address_is_taken(solenn):
    graduate("Nolwenn", contacts=[
        {"kind": "email", "value": "vieille@courriel.example", "refused": True},
        {"kind": "email", "value": "bureau@armor.example", "use": "work", "confirmed": True},
        {"kind": "email", "value": "nolwenn@courriel.example", "confirmed": True},
    ])  # fmt: skip

    assert prepared(solenn).asks.get().address == "nolwenn@courriel.example"


def test_the_dead_the_unwilling_and_those_without_address_are_not_candidates():
    graduate("Morte", died="2022")
    graduate("Opposée", do_not_contact=True)
    graduate("Perdue", lost=True)
    graduate("Muette", contacts=None)
    graduate("Revenue", contacts=[{"kind": "email", "value": "r@courriel.example", "refused": True}])

    assert ranked() == []


def test_how_so_many_became_so_few_is_explained(solenn):
    for name in ("Nolwenn", "Erwan", "Katell", "Tristan", "Gurvan"):
        graduate(name)
    graduate("Opposée", do_not_contact=True)
    graduate("Muette", contacts=None)
    graduate("Revenue", contacts=[{"kind": "email", "value": "r@courriel.example", "refused": True}])
    weigh(TODAY)
    persons = {each.person.given: each.person for each in Candidate.objects.select_related("person")}
    for _twice in range(2):
        record_contact(persons["Erwan"], "dons", service="somebody else")
    purpose = Purpose.objects.get(key=PURPOSE, population="graduates")
    Consent.write(persons["Katell"], "no", how="link", words="Non.", by="herself", purpose=purpose)

    campaign = prepare(Scope(), wanted=10, word="", by=solenn)

    assert campaign.living == 8
    assert dict(campaign.out_of_reach) == {
        "They asked not to be written to.": 1, "No e-mail address is known.": 1,
        "Mail comes back from the only address known.": 1,
    }  # fmt: skip
    assert campaign.considered == 5
    assert dict(campaign.set_aside) == {"They were asked something 2 times this year.": 1, "They refused this.": 1}
    assert sorted(ask.person.given for ask in campaign.asks.all()) == ["Gurvan", "Nolwenn", "Tristan"]
    assert Entry.objects.of_verb("campaign.prepared").get().details == {"asked": 3, "considered": 5}


def test_who_has_not_answered_yet_is_not_asked_again(solenn):
    graduate("Nolwenn")
    graduate("Erwan")
    first = prepared(solenn, wanted=1)

    second = prepare(Scope(), wanted=5, word="", by=solenn)

    assert dict(second.set_aside) == {"They have not answered the last question yet.": 1}
    assert {ask.person_id for ask in first.asks.all()} & {ask.person_id for ask in second.asks.all()} == set()


def test_nobody_left_to_ask_is_said(solenn):
    person = graduate("Nolwenn")
    weigh(TODAY)
    for _twice in range(2):
        note_asked(person)

    with pytest.raises(Refused, match="nobody can be asked"):
        prepare(Scope(), wanted=5, word="", by=solenn)


def test_a_scope_is_classes_and_a_faculty(solenn):
    graduate("Nolwenn", year=2012)
    graduate("Erwan", year=2016)
    weigh(TODAY)
    unit = Candidate.objects.first().unit_id

    campaign = prepare(Scope(2010, 2014, unit, "IUT de Morlaix"), wanted=5, word="", by=solenn)

    assert campaign.scope_in_words == "classes of 2010 to 2014, IUT de Morlaix"
    assert [ask.person.given for ask in campaign.asks.all()] == ["Nolwenn"]
    assert campaign.living == 1


def test_the_most_valuable_are_taken_until_there_are_enough(solenn):
    for number in range(5):
        graduate(f"Nolwenn{number}", day=date(2015 + number, 1, 1))

    campaign = prepared(solenn, wanted=2)

    assert [ask.person.given for ask in campaign.asks.order_by("pk")] == ["Nolwenn0", "Nolwenn1"]
    assert (campaign.considered, campaign.set_aside) == (2, [])


def test_changes_are_learnt_from_testimonies_that_follow_each_other():
    person = graduate("Nolwenn", day=date(2015, 1, 1))
    tell(person, "survey", date(2016, 1, 1), positions=[{"title": "Archiviste en chef", "employer": "ARMOR ENERGIES"}])
    tell(person, "survey", date(2016, 1, 9), headline="Archiviste")  # says nothing of a position
    tell(person, "member", date(2020, 1, 1), positions=[
        {"employer": "Armor Énergies", "ended": "2019"}, {"employer": "Houle Vive", "title": "Archiviste"},
    ])  # fmt: skip
    graduate("Erwan")  # heard once: teaches nothing

    assert list(pairs()) == [(365, False), (1461, True)]


def test_what_is_learnt_outweighs_what_is_assumed_and_never_falls():
    hazard = Hazard.learn([(100, True)] * 400 + [(500, False)] * 400 + [(3000, True)] * 200)

    chances = [hazard.chance(days) for days in range(0, 9000, 50)]
    assert chances == sorted(chances)
    assert hazard.chance(0) == 0
    assert 0 <= min(chances) <= max(chances) <= 1


def test_weighing_again_replaces_the_night_before():
    graduate("Nolwenn")
    weigh(TODAY)

    reckoning = weigh(TODAY + timedelta(days=1))

    assert (reckoning.weighed, reckoning.kept, Candidate.objects.count()) == (1, 1, 1)
    assert reckoning.day == TODAY + timedelta(days=1)


def test_one_question_at_a_time_waits_for_a_person(solenn):
    from django.db import IntegrityError, transaction

    graduate("Nolwenn")
    ask = prepared(solenn).asks.get()
    twin = Ask.ready(
        "0" * 16, campaign=ask.campaign, person=ask.person, kind=ask.kind, wording="?", address=ask.address
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
