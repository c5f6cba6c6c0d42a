"""A base large enough to know which names are rare: that of the demonstration, brought by a school."""

from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def graduates() -> list[Graduate]:
    return list(everyone(7, SIZE))


@pytest.fixture(scope="module")
def brought(a_world: Any, graduates: list[Graduate]) -> Iterator[None]:
    """Once for the tests of a file: what each of them does to it is undone."""
    with a_world():
        school = Source.objects.create(name="Scolarité", siglum="S", kind="school")
        applied([told(person) for person in graduates], school, date(2026, 1, 1), by="Solenn Kerbrat")
        yield


@pytest.fixture
def base(brought: None, graduates: list[Graduate], solenn: Any) -> list[Graduate]:
    return graduates


@pytest.fixture
def association(db: None) -> Source:
    return Source.objects.create(name="Association", siglum="A", kind="third")
