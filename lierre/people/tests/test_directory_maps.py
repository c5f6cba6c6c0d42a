"""The two maps of hexagons: every place once, and the darker the more people."""

from collections import Counter

import pytest
from babel import Locale
from django.http import QueryDict

from lierre.people.directory import labels
from lierre.people.directory.answering import answer
from lierre.people.directory.hexagons import ground, outline
from lierre.people.directory.question import Question
from lierre.people.directory.viewer import Viewer
from lierre.people.tests.townsfolk import AMELIE, settle
from lierre.people.views.directory import drawings

STAFF = Viewer(everything=True)


@pytest.mark.parametrize("name", ["departments", "countries"])
def test_no_two_places_stand_on_one_another(name):
    cells = Counter(ground(name).cells.values())

    assert set(cells.values()) == {1}


def test_every_departement_is_on_the_map_and_every_country_has_a_name():
    territories = {"975", "977", "978", "984", "986", "987", "988", "989"}

    assert set(ground("departments").cells) == set(labels.table("departments")) - territories
    assert set(ground("countries").cells) <= set(Locale("fr").territories)


def test_neighbours_that_are_chosen_together_share_one_border():
    france = ground("departments")

    assert outline(france, ["29"]).count("M") == 6
    assert outline(france, ["29", "22"]).count("M") == 10
    assert outline(france, ["29", "2A"]).count("M") == 12
    assert outline(france, ["99"]) == ""


def living(department: str, country: str = "FR") -> dict[str, object]:
    return {**AMELIE, "positions": [{"employer": "Houle Vive", "department": department, "country": country}]}


@pytest.mark.django_db
def test_a_hexagon_says_its_place_and_leads_to_it_and_back():
    settle(*[living("29")] * 4, living("35"), living("988"), living("", "SN"))

    chosen = QueryDict("q=amelie&departement=29&vue=carte")
    drawn = drawings(answer(Question.read(chosen), STAFF))

    assert "<title>Finistère: 4</title>" in drawn["france"].pieces
    assert 'href="?q=amelie&amp;vue=carte"' in drawn["france"].pieces
    assert 'href="?q=amelie&amp;departement=29&amp;vue=carte&amp;departement=35"' in drawn["france"].pieces
    assert drawn["france"].pieces.count("<title>") == 2
    assert drawn["france"].border.count("M") == 6
    assert [place.label for place in drawn["france"].outside] == ["Nouvelle-Calédonie"]
    assert Question.read(QueryDict("q=amelie&departement=29&vue=carte&departement=35")).chosen == {
        "department": ("29", "35")
    }


@pytest.mark.django_db
def test_what_an_address_says_cannot_break_out_of_the_drawing():
    settle(living("29"))

    drawn = drawings(answer(Question.read(QueryDict('q=amelie&pays="><script>&employeur=Houle+Vive')), STAFF))

    assert "<script" not in drawn["france"].pieces + drawn["world"].pieces
