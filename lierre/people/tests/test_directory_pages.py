"""The pages of the directory: what they show, what they say when there is nobody, what part of them htmx asks for."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from lierre.foundation.models import Entry
from lierre.people.models import SavedSearch
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, SHOWN_TO_GRADUATES, settle

pytestmark = pytest.mark.django_db
ERWAN = {"given": "Erwan", "family": "Bellec"}
VIEWS = ("liste", "tableau", "vignettes", "carte")
TYPED = {"HX-Request": "true", "HX-Source": "form#search"}
CHOSEN = {"HX-Request": "true", "HX-Source": "details#filters"}


def read(client, address, **headers) -> str:
    found = client.get(address, headers=headers)
    assert found.status_code == 200
    return found.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_one_person_is_shown_every_way(client, solenn, view):
    settle(AMELIE)
    client.force_login(solenn)

    page = read(client, f"/annuaire/?vue={view}")

    assert "1 person" in page
    assert ("Amélie Hervé-Cariou" in page) == (view != "carte")
    assert "Finistère: 1" in page or view == "tableau"


def test_what_was_chosen_is_said_and_each_choice_can_be_taken_off(client, solenn):
    settle(AMELIE, ERWAN)
    client.force_login(solenn)

    page = read(client, "/annuaire/?q=am&niveau=master&departement=29")

    assert re.search(r'href="\?q=am&amp;departement=29">Master <svg', page)
    assert re.search(r'href="\?q=am&amp;niveau=master">Finistère <svg', page)
    assert re.search(r'value="master" id="[^"]+" checked', page)


def test_nobody_found_says_what_to_try(client, solenn):
    settle(AMELIE)
    client.force_login(solenn)

    page = read(client, "/annuaire/?q=zzz&niveau=but")

    assert "Nobody you may see answers to this." in page
    assert "Remove a filter" in page
    assert "Type fewer words" in page


def test_an_empty_base_sends_to_the_first_import_whoever_may_bring_files(client, solenn, helene):
    client.force_login(solenn)
    assert 'href="/imports/nouveau/"' in read(client, "/annuaire/").partition("<main")[2]

    client.force_login(helene)
    page = read(client, "/annuaire/")
    assert "The base is empty" in page
    assert 'href="/imports/nouveau/"' not in page.partition("<main")[2]


def test_htmx_receives_the_answer_and_the_parts_around_it(client, solenn):
    settle(AMELIE, ERWAN)
    client.force_login(solenn)

    part = read(client, "/annuaire/?q=erwan&tri=nom", **TYPED)

    assert part.lstrip().startswith('<section class="chapter" id="results"')
    assert re.findall(r'id="([\w-]+)"[^>]* hx-swap-oob', part) == [
        "chosen-count", "facets", "places", "said"
    ]  # fmt: skip
    assert re.search(r'id="said" role="status" hx-swap-oob="innerHTML">1 person<', part)


def test_what_is_typed_replaces_the_address_and_what_is_chosen_is_a_step_back(client, solenn):
    settle(AMELIE)
    client.force_login(solenn)

    typed = client.get("/annuaire/?q=am&niveau=&tri=nom", headers=TYPED)
    chosen = client.get("/annuaire/?q=&niveau=master", headers=CHOSEN)

    assert typed["HX-Replace-Url"] == "/annuaire/?q=am"
    assert "HX-Push-Url" not in typed
    assert chosen["HX-Push-Url"] == "/annuaire/?niveau=master"
    assert "HX-Source" in typed["Vary"]


def test_the_form_carries_what_is_not_typed(client, solenn):
    settle(AMELIE)
    client.force_login(solenn)

    page = read(client, "/annuaire/?tri=promotion&vue=vignettes&apres=zzz")

    assert '<input type="hidden" name="tri" value="promotion">' in page
    assert '<input type="hidden" name="vue" value="vignettes">' in page


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_asks_as_little_for_many_people_as_for_few(client, solenn, view):
    client.force_login(solenn)
    settle(AMELIE, ERWAN, {**AMELIE, **HIDDEN})
    few = asked(client, f"/annuaire/?vue={view}&q=e")

    settle(*[{**AMELIE, "family": f"Éven {number}", **HIDDEN} for number in range(25)])
    many = asked(client, f"/annuaire/?vue={view}&q=e")

    assert many <= few <= 12


@pytest.mark.parametrize("path", ["/annuaire/filtre/employeur/", "/annuaire/suggestions/?q=am", "/aller/?q=am"])
def test_so_do_the_values_of_a_facet_and_the_suggestions(client, solenn, path):
    client.force_login(solenn)
    settle(AMELIE)
    few = asked(client, path)

    settle(*[{**AMELIE, "family": f"Éven {number}"} for number in range(25)])

    assert asked(client, path) <= few <= 12


def asked(client, address: str) -> int:
    """Questions to the base, once what is remembered is there."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as questions:
        client.get(address)
    return len(questions)


def test_all_the_values_of_a_facet_are_a_page_where_one_looks_for_a_value(client, solenn):
    settle(AMELIE, {**AMELIE, "positions": [{"employer": "Houle Vive"}]})
    client.force_login(solenn)

    page = read(client, "/annuaire/filtre/employeur/?dans=vive&q=amelie")

    assert "Houle Vive" in page
    assert "Armor" not in page
    assert "?q=amelie&amp;employeur=Houle+Vive" in page
    assert client.get("/annuaire/filtre/taille/").status_code == 404


def test_a_search_is_kept_found_again_and_forgotten(client, solenn, maiwenn):
    settle(AMELIE)
    client.force_login(solenn)

    client.post("/annuaire/recherches/", {"nom": "Brest", "recherche": "q=am&departement=29&apres=zzz"})
    kept = SavedSearch.objects.get()
    mine = read(client, "/annuaire/")
    client.force_login(maiwenn)
    theirs = read(client, "/annuaire/")
    not_theirs = client.post(f"/annuaire/recherches/{kept.pk}/oublier/")
    client.force_login(solenn)
    client.post(f"/annuaire/recherches/{kept.pk}/oublier/")

    assert kept.query == "q=am&departement=29"
    assert 'href="?q=am&amp;departement=29">Brest' in mine
    assert "Brest</a>" not in theirs
    assert not_theirs.status_code == 404
    assert not SavedSearch.objects.exists()


def test_a_search_without_a_name_or_a_question_is_refused_with_a_sentence(client, solenn):
    client.force_login(solenn)

    unnamed = client.post("/annuaire/recherches/", {"nom": " ", "recherche": "q=am"}, follow=True)
    empty = client.post("/annuaire/recherches/", {"nom": "Tous", "recherche": ""}, follow=True)

    assert "Give this search a name" in unnamed.content.decode()
    assert "There is nothing to keep yet" in empty.content.decode()


def test_a_list_taken_away_holds_the_columns_asked_for_and_is_a_line_of_the_journal(client, solenn):
    settle(AMELIE, {**ERWAN, "usage": "=cmd|'/C calc'!A0", **HIDDEN}, {"given": "Inès", "family": "Belkacem"})
    client.force_login(solenn)

    found = client.get("/annuaire/annuaire.csv?colonne=promotion&colonne=employeur&tri=promotion")
    rows = list(csv.reader(StringIO(b"".join(found.streaming_content).decode("utf-8-sig")), delimiter=";"))

    assert rows[0] == ["Name", "Class", "Employer"]
    assert rows[1] == ["Amélie Hervé-Cariou", "2014", "Armor Énergies"]
    assert len(rows) == 4
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    (line,) = Entry.objects.of_verb("persons.exported")
    assert (line.actor_id, line.details["total"], line.details["hidden"], line.details["form"]) == (
        solenn.pk,
        3,
        1,
        "csv",
    )


def test_a_workbook_says_the_same_as_the_csv(client, solenn):
    settle(AMELIE, ERWAN)
    client.force_login(solenn)

    found = client.get("/annuaire/annuaire.xlsx?q=amelie&colonne=ville")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(found.streaming_content)))

    assert book.get_sheet_by_index(0).to_python() == [["Name", "City"], ["Amélie Hervé-Cariou", "Brest"]]


@pytest.mark.parametrize("who", ["amelie_user", "hugo", "helene", "yann", "lena", "maiwenn"])
def test_only_the_alumni_office_takes_lists_away(client, request, who):
    settle({**AMELIE, **SHOWN_TO_GRADUATES})
    client.force_login(request.getfixturevalue(who))

    assert "annuaire.csv" not in read(client, "/annuaire/")
    for form in ("csv", "xlsx"):
        assert client.get(f"/annuaire/annuaire.{form}").status_code == 403
    assert not Entry.objects.of_verb("persons.exported").exists()


def test_a_very_long_name_is_shown_whole(client, solenn):
    family = "de la Tour d’Auvergne-Lauraguais-Kerguiziau de Kervasdoué de Coëtnempren de Kersaint"
    settle({"given": "Marie-Antoinette-Joséphine", "family": family})
    client.force_login(solenn)

    assert family in read(client, "/annuaire/?q=kervasdoue")
