"""Amélie as several sources tell her, for the tests of the pages: the same story as the demonstration institution."""

from datetime import date
from typing import Any

from lierre.people.models import Person, Source
from lierre.people.saying import say

SOURCES = {
    "school": ("Scolarité", "S"),
    "staff": ("Bureau des diplômés", "B"),
    "member": ("La personne elle-même", "M"),
    "archive": ("Export LinkedIn de la personne", "L"),
    "survey": ("Enquête d’insertion", "E"),
    "third": ("Association des diplômés", "A"),
}
ARMOR = {"employer": "Armor Énergies", "city": "Brest", "department": "29", "country": "FR"}


def source(kind: str) -> Source:
    name, siglum = SOURCES[kind]
    return Source.objects.get_or_create(name=name, defaults={"kind": kind, "siglum": siglum})[0]


def tell(person: Person | None, kind: str, day: date, **facts: Any) -> Person:
    """One source says something of a person; without a person, of somebody new."""
    kept = say(facts, source=source(kind), by="Solenn Kerbrat", person=person, asserted_on=day)
    assert kept.person is not None
    return kept.person


def amelie() -> Person:
    """Known to the school, the survey, LinkedIn and herself."""
    person = tell(
        None, "school", date(2014, 10, 8), given="Amélie", family="Hervé", sex="f", born="1991-05-17",
        birth_place="Morlaix", student_number="21004412", ine="0123456789A",
        studies=[{"degree": "Master Statistique et société", "year": 2014, "honours": "mention bien", "obtained": True}],
        contacts=[{"kind": "email", "value": "a.herve@etu.ubn.example", "refused": True}],
    )  # fmt: skip
    tell(
        person, "survey", date(2019, 1, 18), usage="HERVE CARIOU",
        positions=[{"employer": "Observatoire des ports", "title": "Ingénieure statisticienne", "started": "2016"}],
    )  # fmt: skip
    tell(person, "archive", date(2024, 11, 4), positions=[{"title": "Data engineer", **ARMOR, "started": "2018-09"}])
    tell(
        person, "member", date(2026, 3, 12), usage="Hervé-Cariou",
        positions=[{"title": "Responsable données", **ARMOR, "started": "2023-01"}],
        contacts=[{"kind": "email", "value": "amelie.herve@courriel.example", "confirmed": True}],
    )  # fmt: skip
    return Person.objects.get(pk=person.pk)
