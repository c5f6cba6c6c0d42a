"""Somebody who has several degrees is found by each of them."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from lierre.people.directory import snapshot
from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.facets import FACET
from lierre.people.directory.question import Question
from lierre.people.directory.suggesting import suggestions
from lierre.people.directory.viewer import Viewer
from lierre.people.freshness.counting import count_freshness
from lierre.people.models import FreshnessCount
from lierre.people.segments.evaluating import ids_of
from lierre.people.segments.question import Condition, Group
from lierre.people.tests.townsfolk import HIDDEN, leave, rewrite, settle

pytestmark = pytest.mark.django_db
STAFF = Viewer(everything=True)
GRADUATE = Viewer.among("graduates")
LICENCE = {"degree": "Licence Droit", "level": "licence", "discipline": "Droit", "unit": "DEG", "year": 2014}
MASTER = {"degree": "Master Statistique", "level": "master", "discipline": "Statistique", "unit": "SCT", "year": 2016}
OTHER_LICENCE = {**LICENCE, "degree": "Licence Gestion", "discipline": "Gestion", "year": 2016}
AMELIE = {"given": "Amélie", "family": "Hervé", "studies": [LICENCE, MASTER]}
ERWAN = {"given": "Erwan", "family": "Bellec", "studies": [{**LICENCE, "year": 2016}]}


def ask(address: str, viewer: Viewer = STAFF) -> Answer:
    return answer(Question.read(QueryDict(address)), viewer)


def names(address: str, viewer: Viewer = STAFF) -> list[str]:
    return [row.name for row in ask(address, viewer).rows]


def values(found: Answer, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in found.values(FACET[facet])}


@pytest.mark.parametrize(
    "address",
    ["diplome=Licence+Droit", "diplome=Master+Statistique", "promotion=2014", "promotion=2016", "promotion=2013-2014",
     "discipline=Droit", "composante=DEG", "niveau=licence", "diplome=Licence+Droit&promotion=2014", "q=droit", "q=2014"],
)  # fmt: skip
def test_she_is_found_by_each_degree_and_the_line_shows_the_latest(address):
    settle(AMELIE)

    (row,) = ask(address, GRADUATE).rows

    assert (row.degree, row.year) == ("Master Statistique", 2016)


def test_what_is_chosen_together_is_asked_of_one_study():
    settle(AMELIE, ERWAN)

    assert names("diplome=Licence+Droit&promotion=2016") == ["Erwan Bellec"]
    assert names("diplome=Licence+Droit&promotion=2014") == ["Amélie Hervé"]
    assert values(ask("diplome=Licence+Droit"), "year") == {"2016": 1, "2014": 1}
    assert values(ask("promotion=2016"), "degree") == {"Licence Droit": 1, "Master Statistique": 1}


def test_she_is_one_person_under_each_value_however_often_she_bears_it():
    settle({**AMELIE, "studies": [LICENCE, OTHER_LICENCE, MASTER, {**MASTER, "degree": "Master Droit", "unit": "DEG"}]})

    found = ask("")

    assert (found.total, values(found, "level"), values(found, "unit")) == (
        1,
        {"licence": 1, "master": 1},
        {"DEG": 1, "SCT": 1},
    )
    assert values(found, "year") == {"2016": 1, "2014": 1}
    decades, *_ = found.panels
    assert [(value.value, value.count) for value in decades.values] == [("2010-2019", 1)]
    typed = ask("promotion=2013-2017").panels[0].values
    assert [(value.value, value.count) for value in typed] == [("2010-2019", 1), ("2013-2017", 1)]


def test_degrees_that_she_hides_lead_nobody_to_her():
    settle({**AMELIE, "audience_study": []}, {"given": "Yann", "family": "Le Goff", "studies": [MASTER]})

    for address in ("diplome=Licence+Droit", "promotion=2014", "q=droit", "discipline=Droit"):
        assert names(address, GRADUATE) == [], address
        assert names(address) == ["Amélie Hervé"], address
    assert values(ask("", GRADUATE), "degree") == {"Master Statistique": 1}
    assert suggestions(GRADUATE, "licence droit") == []
    assert ask("diplome=Licence+Droit", GRADUATE).tags[0].lost


def test_the_directory_follows_a_degree_that_comes_and_one_that_goes():
    (amelie, erwan) = settle({**AMELIE, "studies": [MASTER]}, ERWAN)
    assert names("promotion=2014") == []

    rewrite(amelie, AMELIE)
    assert names("promotion=2014") == ["Amélie Hervé"]
    assert values(ask(""), "degree") == {"Licence Droit": 2, "Master Statistique": 1}

    rewrite(amelie, {**AMELIE, "studies": [MASTER, {**LICENCE, "degree": "DEUST Théâtre"}]})
    assert values(ask(""), "degree") == {"Licence Droit": 1, "Master Statistique": 1, "DEUST Théâtre": 1}

    rewrite(amelie, {**AMELIE, **HIDDEN})
    assert names("diplome=Licence+Droit", GRADUATE) == ["Erwan Bellec"]
    leave([amelie, erwan])
    assert names("promotion=2014") == []


def test_many_changes_at_once_hide_a_further_degree_at_once(monkeypatch):
    (amelie,) = settle(AMELIE)
    assert names("promotion=2014", GRADUATE) == ["Amélie Hervé"]
    monkeypatch.setattr(snapshot, "BULK", 0)
    monkeypatch.setattr(snapshot.Snapshot, "load_later", lambda _snapshot: None)

    rewrite(amelie, {**AMELIE, **HIDDEN})

    assert names("promotion=2014", GRADUATE) == []
    assert values(ask("", GRADUATE), "year") == {}


def counted_by(*members: Condition | Group, kind: str = "all") -> int:
    return len(ids_of(snapshot.sight_of(STAFF), Group(kind, members)))


def test_a_segment_asks_as_the_directory_does():
    settle(AMELIE, ERWAN)
    licence, master = Condition("degree", "in", ("Licence Droit",)), Condition("degree", "in", ("Master Statistique",))

    assert counted_by(licence) == 2
    assert counted_by(licence, Condition("year", "in", ("2016",))) == 1
    assert counted_by(licence, Condition("year", "before", ("8",)), Condition("year", "last", ("40",))) == 2
    assert counted_by(licence, master) == 1  # two degrees are two studies
    assert counted_by(Condition("degree", "not_in", ("Licence Droit",))) == 0
    assert counted_by(Condition("discipline", "unknown")) == 0
    assert counted_by(licence, Condition("year", "in", ("2016",)), kind="any") == 2


def test_freshness_counts_her_under_each_of_her_classes():
    settle(AMELIE, {**AMELIE, "studies": [LICENCE, {**LICENCE, "degree": "Licence Gestion"}]})

    count_freshness()

    by_class = FreshnessCount.objects.filter(by=FreshnessCount.By.CLASS).order_by("label")
    assert list(by_class.values_list("label", "living")) == [("2014", 2), ("2016", 1)]


def test_the_page_says_that_choices_are_of_one_study(client, solenn):
    settle(AMELIE)
    client.force_login(solenn)
    told = "one and the same degree"

    assert told in client.get(reverse("people:directory"), {"diplome": "Licence Droit", "promotion": "2014"}).text
    assert told not in client.get(reverse("people:directory"), {"diplome": "Licence Droit"}).text
