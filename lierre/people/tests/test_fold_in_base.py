"""Whatever is said, linked, separated, undone or erased, every person is what their records say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lierre.foundation.errors import Refused
from lierre.people.erasing import erase
from lierre.people.linking import link, separate, undo
from lierre.people.models import Decision, Person, Record, Source
from lierre.people.rebuilding import rebuild
from lierre.people.saying import correct, say

FACTS = [
    {
        "family": "Hervé",
        "given": "Amélie",
        "ine": "0123456789A",
        "studies": [{"degree": "Master Statistique", "year": 2014}],
    },
    {"family": "HERVE", "given": "AMELIE", "positions": [{"employer": "Armor Énergies", "title": "Statisticienne"}]},
    {
        "usage": "Hervé-Kerdraon",
        "family": "Hervé",
        "contacts": [{"kind": "address", "value": "Brest", "department": "29"}],
    },
    {"family": "Le Goff", "given": "Yann", "died": "2024-01-02"},
]
ACTS = some.lists(
    some.tuples(
        some.sampled_from(["say", "add", "correct", "link", "separate", "undo", "erase"]),
        some.integers(0, 5), some.integers(0, 5),
    ),
    max_size=14,
)  # fmt: skip


def pick(rows, number):
    return rows[number % len(rows)] if rows else None


def act(name, one, other, source):
    persons, records = list(Person.objects.filter(record_id__isnull=False)), list(Record.objects.all())
    person, record = pick(persons, one), pick(records, other)
    match name:
        case "say":
            say(FACTS[one % 4], source=source, by="Solenn")
        case "add" if person:
            say(FACTS[other % 4], source=source, by="Solenn", person=person)
        case "correct" if person:
            correct(person, {"given": f"Amélie {other}"}, reason="She wrote to us.", by="Solenn")
        case "link" if person and record:
            link(record, person, by="Solenn", reason="Same person.")
        case "separate" if record:
            separate(record, by="Solenn", reason="Somebody else.")
        case "undo" if decision := pick(list(Decision.objects.filter(undone_at=None)), one):
            undo(decision, by="Solenn")
        case "erase" if person and other == 5:
            erase(person, by="Maïwenn", reason="Her request of 3 May.")


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_any_sequence_of_acts_leaves_a_base_that_folds_to_itself(db, acts):
    Person.objects.all()
    source = Source.objects.get_or_create(name="Apogée", defaults={"kind": "school", "siglum": "A"})[0]
    for name, one, other in acts:
        try:
            act(name, one, other, source)
        except Refused:
            continue
    report = rebuild(only_check=True)
    assert report.differences == 0, report.examples


@pytest.mark.django_db
def test_undoing_a_link_gives_back_both_persons_as_they_were(solenn):
    source = Source.objects.create(name="Apogée", kind="school", siglum="A")
    amelie = say(FACTS[0], source=source, by=solenn).person
    other = say(FACTS[1], source=source, by=solenn)
    before = sorted(Person.objects.values_list("id", "family", "given", "completeness"))
    decision = link(other, amelie, by=solenn, reason="Same date of birth on the phone.")
    assert Person.objects.filter(record_id__isnull=False).count() == 1
    undo(decision, by=solenn)
    assert sorted(Person.objects.values_list("id", "family", "given", "completeness")) == before


@pytest.mark.django_db
def test_a_difference_is_found_and_mended(solenn):
    source = Source.objects.create(name="Apogée", kind="school", siglum="A")
    amelie = say(FACTS[0], source=source, by=solenn).person
    Person.objects.filter(pk=amelie.pk).update(family="Somebody")
    amelie.studies.all().delete()
    found = rebuild(only_check=True)
    assert (found.differing, dict(found.by_table)) == (1, {"people_person": 1, "people_study": 1})
    rebuild(only_check=False)
    assert rebuild(only_check=True).differences == 0
    amelie.refresh_from_db()
    assert amelie.family == "Hervé"
