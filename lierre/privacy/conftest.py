"""The persons of these tests, and the purposes that an institution begins with."""

from datetime import date

import pytest
from django.core.cache import cache

from lierre.people.models import Person
from lierre.people.tests.witnesses import amelie as whole_amelie
from lierre.people.tests.witnesses import tell
from lierre.privacy.defaults import load
from lierre.privacy.models import Controller, Purpose


@pytest.fixture(autouse=True)
def the_usual_purposes(db: None) -> None:
    """A test that commits leaves an empty base behind it; what another one counted is forgotten."""
    cache.clear()
    load(Controller.objects, Purpose.objects)


@pytest.fixture
def amelie(db: None) -> Person:
    return whole_amelie()


@pytest.fixture
def same_amelie(db: None) -> Person:
    """Amélie as the association knows her, under her married name, before anybody saw that she is one person."""
    return tell(
        None, "third", date(2025, 6, 1), given="Amélie", family="Cariou",
        contacts=[{"kind": "email", "value": "a.cariou@courriel.example"}],
    )  # fmt: skip


@pytest.fixture
def gifts() -> Purpose:
    return Purpose.objects.get(key="dons")


@pytest.fixture
def letter() -> Purpose:
    return Purpose.objects.get(key="lettre-association")


@pytest.fixture
def network() -> Purpose:
    return Purpose.objects.get(key="relations", population="graduates")
