"""`lierre search`: the directory on the command line, as an administrator sees it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lierre.foundation.models import Entry
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, settle

pytestmark = pytest.mark.django_db
ERWAN = {"given": "Erwan", "family": "Bellec", **HIDDEN}


def search(*words: str) -> str:
    out = StringIO()
    call_command("search", *words, stdout=out)
    return out.getvalue()


def test_the_persons_found_and_the_facets_come_as_json():
    settle(AMELIE, ERWAN)

    told = json.loads(search("cariou", "--json"))

    assert (told["asked"], told["how"], told["total"]) == ("q=cariou", "named", 1)
    (she,) = told["persons"]
    assert (she["nom"], she["promotion"], she["employeur"]) == ("Amélie Hervé-Cariou", 2014, "Armor Énergies")
    assert told["facets"]["departement"] == [{"value": "29", "label": "Finistère", "count": 1}]


def test_without_json_each_person_is_a_line():
    she, _erwan = settle(AMELIE, ERWAN)

    told = search("hevre", "--limit", "5")

    assert told.splitlines() == [
        f"{she.public_id}  Amélie Hervé-Cariou (Hervé) · Responsable données, Armor Énergies, Brest · "
        "Master Statistique et société, 2014",
        "",
        "1 person",
    ]


def test_the_list_is_cut_where_asked_and_says_so():
    settle(*[{"given": "Yann", "family": f"Le Goff {letter}"} for letter in "abcd"])

    assert search("le goff", "--limit", "3").endswith("4 people, of which 3 shown\n")
    assert len(json.loads(search("le goff", "--limit", "3", "--json"))["persons"]) == 3


def test_conditions_narrow_down_as_the_filters_of_the_page():
    settle(AMELIE, {**AMELIE, "studies": [{"degree": "BUT", "level": "but", "year": 2020}]})

    assert json.loads(search("--where", "promotion=2010-2014", "--where", "departement=29", "--json"))["total"] == 1


def test_nobody_is_exit_status_one_and_is_still_json():
    out = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("search", "zzz", "--json", stdout=out)

    assert stopped.value.code == 1
    assert (json.loads(out.getvalue())["persons"], json.loads(out.getvalue())["how"]) == ([], "nobody")


@pytest.mark.parametrize(
    "words", [["--where", "ville=Brest"], ["--where", "promotion"], ["--where", "promotion="], ["--limit", "0"]]
)
def test_a_question_that_is_not_understood_is_refused(words):
    with pytest.raises((CommandError, SystemExit)) as refused:
        search(*words)

    assert getattr(refused.value, "returncode", None) in {1, 2}
    assert not Entry.objects.of_verb("persons.searched").exists()


def test_every_search_is_a_line_of_the_journal_without_the_name_that_was_typed():
    settle(AMELIE, ERWAN)

    search("bellec", "--by", "Malo Quéré")

    (line,) = Entry.objects.of_verb("persons.searched")
    assert line.by_name == "Malo Quéré"
    assert line.details == {"asked": "q=%E2%80%A6", "total": 1, "hidden": 1, "shown": 1}
