"""A base large enough to know which names are rare: that of the demonstration, brought by a school."""

from datetime import date
from typing import Any

import pytest

from demo.graduate import Graduate
from demo.population import everyone
from lierre.people.models import Source
from lierre.people.tests.imports import applied

SIZE = 1_150


def told(person: Graduate) -> dict[str, str]:
    """As the school tells them."""
    return {
        "NOM": person.family, "PRENOM": person.given, "NE_LE": person.born.isoformat(), "NUMERO": person.student_number,
        "MEL": person.email, "DIPLOME": person.last.degree.label, "ANNEE": str(person.last.year),
    }  # fmt: skip


@pytest.fixture
def graduates() -> list[Graduate]:
    return list(everyone(7, SIZE))


@pytest.fixture
def base(graduates: list[Graduate], solenn: Any) -> list[Graduate]:
    school = Source.objects.create(name="Scolarité", siglum="S", kind="school")
    applied([told(person) for person in graduates], school, date(2026, 1, 1), by=solenn)
    return graduates


@pytest.fixture
def association(db: None) -> Source:
    return Source.objects.create(name="Association", siglum="A", kind="third")
