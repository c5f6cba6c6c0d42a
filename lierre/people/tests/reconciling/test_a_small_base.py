"""In a base that is too small to know which names are rare, numbers alone tell persons apart."""

from datetime import date

import pytest

from lierre.people.models import Person
from lierre.people.tests.imports import applied

pytestmark = pytest.mark.django_db


def test_a_small_base_tells_persons_apart_by_their_numbers_alone(association, solenn):
    imported = applied([{"NOM": "Hervé", "PRENOM": "Amélie", "LOT": "1"}], association, date(2026, 6, 1), by=solenn)
    again = applied(
        [{"NOM": "Hervé", "PRENOM": "Amélie", "LOT": "2"}], association, date(2026, 6, 1), by=solenn, name="autre.csv"
    )
    assert imported.rehearsal["matching"] == again.rehearsal["matching"] == {}
    assert Person.objects.count() == 2
