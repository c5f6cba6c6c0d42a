"""Where one line comes to the base: a form, a claim, the list of an event. The same matching answers."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from demo.graduate import Graduate
from lierre.people.models import Claim, Person, Record
from lierre.people.models.source import Source
from lierre.people.reconciling.asking import match_line
from lierre.people.reconciling.columns import line_of
from lierre.people.reconciling.learning import learn
from lierre.people.tests.imports import applied
from lierre.people.tests.reconciling.test_lines_without_numbers import somebody

pytestmark = pytest.mark.django_db


def misspelt(name: str) -> str:
    return f"{name[:2]}{name[3:]}"


@pytest.fixture
def known(base: list[Graduate]) -> Graduate:
    learn()
    return somebody(base)


@pytest.fixture
def person(known: Graduate) -> Person:
    return Person.objects.get(family=known.family, given=known.given)


def test_a_person_typed_by_hand_with_a_mistake_is_shown_whom_they_resemble(
    client: Any, solenn: Any, known: Any, person: Any
):
    client.force_login(solenn)
    typed = {
        "given": known.given, "family": misspelt(known.family), "born": known.born.strftime("%d/%m/%Y"),
        "degree": known.last.degree.label, "year": str(known.last.year), "reason": "Vu au forum.",
    }  # fmt: skip
    page = client.post(reverse("people:new_person"), typed)
    before = Person.objects.count()
    client.post(reverse("people:new_person"), {**typed, "someone_else": "on"})
    assert (page.status_code, page.context["alike"].same_name, page.context["alike"].likely) == (422, [], [person])
    assert person.get_absolute_url() in page.content.decode()
    assert Person.objects.count() == before + 1


def test_a_claim_with_a_mistake_is_judged_beside_whom_it_resembles(client: Any, solenn: Any, known: Any, person: Any):
    claim = Claim.receive(
        "number", given=known.given, family=misspelt(known.family), year=known.last.year, born=known.born.isoformat(),
        number="99999999", email="quelqu.un@ailleurs.example", by="somebody",
    )  # fmt: skip
    claim.hand_over()
    client.force_login(solenn)
    page = client.get(claim.get_absolute_url())
    assert [each.person for each in page.context["candidates"]] == [person]


def test_the_list_of_an_event_is_linked_line_by_line_as_one_line_is(base: Any, solenn: Any, known: Any, person: Any):
    evening = Source.objects.create(name="Soirée des diplômés", siglum="É", kind="third")
    lines = [
        {"NOM": misspelt(known.family), "PRENOM": known.given, "NE_LE": known.born.isoformat(), "MEL": known.email,
         "DIPLOME": known.last.degree.label, "ANNEE": str(known.last.year), "LOT": "1"},
        {"NOM": "Xhaferllari", "PRENOM": "Zef", "LOT": "2"},
    ]  # fmt: skip
    brought = applied(lines, evening, date(2026, 6, 1), by=solenn, name="soiree.csv")
    told = {record.said["family"]: record for record in Record.objects.filter(delivery__imported=brought)}
    mine = told[misspelt(known.family)]
    assert (mine.person, mine.linked_by) == (person, Record.Link.LIKENESS)
    alone = match_line({name: value for name, value in mine.said.items() if name != "positions"})
    assert alone[0].person == person.pk
    assert told["Xhaferllari"].person_id not in {person.pk, None}


def test_one_line_is_answered_in_three_questions(django_assert_num_queries: Any, known: Any, person: Any):
    facts = {"given": known.given, "family": known.family, "born": known.born.isoformat()}
    match_line(facts)
    with django_assert_num_queries(3):
        assert match_line(facts)[0].person == person.pk
    assert line_of(facts)["family"] == known.family
