"""Finding people by what is typed and by what is chosen."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.question import Question
from lierre.people.directory.searching import How
from lierre.people.directory.viewer import Viewer
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, SHOWN_TO_GRADUATES, settle

pytestmark = pytest.mark.django_db
STAFF = Viewer(everything=True)
GRADUATE = Viewer.among("graduates")


def ask(address: str, viewer: Viewer = STAFF) -> Answer:
    return answer(Question.read(QueryDict(address)), viewer)


def names(address: str, viewer: Viewer = STAFF) -> list[str]:
    return [row.name for row in ask(address, viewer).rows]


@pytest.mark.parametrize(
    "typed", ["amelie", "AMÉLIE", "hervé am", "cariou", "ame her", "Herve-Cariou, Amélie", "  amélie   hervé "]
)
def test_someone_is_found_by_the_beginning_of_any_of_their_names_in_any_order(typed):
    settle(AMELIE, {"given": "Erwan", "family": "Bellec"})

    assert names(f"q={typed}") == ["Amélie Hervé-Cariou"]


@pytest.mark.parametrize("typed", ["李, 小", "小龍", "李"])
def test_a_comma_is_no_part_of_a_name(typed):
    settle({"given": "小龍", "family": "李,"}, {"given": "Erwan", "family": "Bellec"})

    assert names(f"q={typed}") == names(f"q={typed}", GRADUATE) == ["小龍 李,"]


def test_staff_finds_by_the_names_once_borne_and_graduates_do_not():
    settle({"given": "Katell", "family": "Jaouen", "usage": "Roux", "former": "Le Bras"})

    assert names("q=jaouen") == names("q=bras") == ["Katell Roux"]
    assert names("q=jaouen", GRADUATE) == names("q=bras", GRADUATE) == []
    assert names("q=roux", GRADUATE) == ["Katell Roux"]


@pytest.mark.parametrize("typed", ["hevré", "hervre cariou", "amelei herve", "amélie hervée"])
def test_a_typing_error_is_forgiven(typed):
    settle(AMELIE, {"given": "Erwan", "family": "Bellec"})

    found = ask(f"q={typed}")

    assert found.how is How.NEARLY
    assert [row.name for row in found.rows] == ["Amélie Hervé-Cariou"]


def test_the_name_as_it_was_typed_comes_before_its_neighbours():
    settle({"given": "Lena", "family": "Cadiou"}, {"given": "Lena", "family": "Cariou"})

    found = ask("q=cadiou")

    assert (found.how, [row.name for row in found.rows]) == (How.NAMED, ["Lena Cadiou"])


def test_a_word_that_is_nobody_s_name_is_looked_for_in_jobs_and_degrees():
    settle(AMELIE, {"given": "Erwan", "family": "Bellec"})

    for typed in ("énergies", "statistique", "armor hervé", "herve 2014", "finistere"):
        found = ask(f"q={typed}")
        assert (found.how, found.total) == (How.SAID, 1), typed


def test_employers_and_degrees_that_say_the_word_are_proposed():
    settle(AMELIE, {"given": "Armor", "family": "Bellec"})

    found = ask("q=armor")

    assert [row.name for row in found.rows] == ["Armor Bellec"]
    assert [(facet.name, value.label, value.count) for facet, value in found.suggested] == [
        ("employer", "Armor Énergies", 1)
    ]


def test_names_are_in_the_order_of_the_alphabet_and_pages_follow_each_other():
    settle(*({"given": "Yann", "family": family} for family in ("Le Goff", "Abgrall", "Élie", "Zola", "d’Or")))
    in_order = ["Yann Abgrall", "Yann d’Or", "Yann Élie", "Yann Le Goff", "Yann Zola"]

    first = answer(Question(), STAFF, size=2)
    second = answer(Question.read(QueryDict(first.next)), STAFF, size=2)
    third = answer(Question.read(QueryDict(second.next)), STAFF, size=2)
    back = answer(Question.read(QueryDict(third.previous)), STAFF, size=2)

    assert [row.name for page in (first, second, third) for row in page.rows] == in_order
    assert [(page.page.first, page.last) for page in (first, second, third)] == [(1, 2), (3, 4), (5, 5)]
    assert (first.page.is_first, first.page.is_last, third.page.is_last) == (True, False, True)
    assert [row.name for row in back.rows] == in_order[2:4] == [row.name for row in second.rows]


def test_a_facet_counts_as_if_nothing_were_chosen_in_it():
    settle(AMELIE, {**AMELIE, "studies": [{"degree": "Master Droit", "year": 2011, "level": "master"}]})

    panels = {panel.facet.name: panel for panel in ask("diplome=Master+Droit").panels}

    assert {value.label: value.count for value in panels["degree"].values} == {
        "Master Droit": 1,
        "Master Statistique et société": 1,
    }
    assert [(value.label, value.count) for value in panels["year"].values] == [("2010 – 2019", 1)]
    assert [(value.label, value.count) for value in panels["employer"].values] == [("Armor Énergies", 1)]
    assert [(value.label, value.count) for value in panels["department"].values] == [("Finistère", 1)]


def test_values_of_one_facet_add_up_and_facets_narrow_each_other():
    settle(
        AMELIE,
        {"given": "Tristan", "family": "Abgrall", "studies": [{"degree": "BUT", "year": 2019, "level": "but"}]},
        {"given": "Inès", "family": "Belkacem", "studies": [{"degree": "Master", "year": 2020, "level": "master"}]},
    )

    assert ask("niveau=master&niveau=but").total == 3
    assert names("niveau=master&promotion=2010-2019") == ["Amélie Hervé-Cariou"]
    assert names("niveau=master&employeur=ARMOR+ENERGIES") == ["Amélie Hervé-Cariou"]


def test_a_filter_that_means_nothing_leads_to_nobody_and_says_so():
    settle(AMELIE)

    for address in ("employeur=Nulle+Part", "promotion=jadis", "niveau=rien", "fraicheur=demain", "pays=" + "x" * 5000):
        found = ask(address)
        assert found.total == 0
        assert [tag.lost for tag in found.tags] == [True], address


def test_orders_by_class_and_by_freshness_put_the_unknown_last():
    settle(
        {"given": "A", "family": "Un", "studies": [{"degree": "M", "year": 2001}], "heard": 300},
        {"given": "B", "family": "Deux", "heard": 900},
        {"given": "C", "family": "Trois", "studies": [{"degree": "M", "year": 2020}], "heard": 600},
    )

    assert names("tri=promotion") == ["C Trois", "A Un", "B Deux"]
    assert names("tri=fraicheur") == ["B Deux", "C Trois", "A Un"]


@pytest.mark.parametrize("typed", ["-", '"', "* OR n1", "NEAR(a b)", "n1:jaouen", "'", "\\", "%", "李小龍", "a" * 9000])
def test_signs_that_databases_understand_are_only_signs(typed):
    settle({"given": "小龍", "family": "李", "usage": "李小龍"}, {**AMELIE, **SHOWN_TO_GRADUATES})

    assert ask(urlencode({"q": typed, "employeur": typed})).total == 0
    assert ask(urlencode({"q": typed})).total in (0, 1, 2)


def test_a_name_in_another_script_is_found():
    settle({"given": "小龍", "family": "李"})

    assert names("q=李") == ["小龍 李"]


def test_someone_who_hides_from_the_search_is_not_there():
    settle({**AMELIE, **HIDDEN})

    assert names("", GRADUATE) == names("q=amelie", GRADUATE) == []
    assert names("q=amelie") == ["Amélie Hervé-Cariou"]
