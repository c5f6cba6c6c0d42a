"""`lierre import`: what it prints, and how it ends."""

import json
import os
import subprocess
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lierre.foundation.models import Duty, Work
from lierre.people.importing.tests.bringing import AMELIE, APOGEE, ERWAN, GWEN, bring, file, rehearse
from lierre.people.models import Import, Person, Source

ROOT = Path(__file__).parents[4]
BAD = AMELIE.replace("17/05/1991", "31/02/1991")


@pytest.fixture
def school(tmp_path):
    path = tmp_path / "apogee.csv"
    path.write_bytes(file(APOGEE, ERWAN, BAD))
    return path


def lierre_import(*words, **options):
    printed = StringIO()
    call_command("import_files", *map(str, words), stdout=printed, **options)
    return printed.getvalue()


@pytest.mark.django_db
def test_a_rehearsal_prints_counts_and_the_lines_put_aside_and_writes_nothing(school):
    report = json.loads(lierre_import(school, "--rehearse", "--json"))

    assert (report["state"], report["lines"]) == ("rehearsed", 2)
    assert (report["counts"]["new"], report["counts"]["rejected"]) == (1, 1)
    assert report["files"] == [{"name": "apogee.csv", "dialect": "apogee", "encoding": "utf-8", "delimiter": ";"}]
    assert report["quarantined"] == [
        {
            "file": "apogee.csv", "line": 3, "column": "DATE_NAI_IND", "code": "impossible_date",
            "reason": "Column “DATE_NAI_IND”: “31/02/1991” is not a date that exists.",
        }
    ]  # fmt: skip
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_applying_writes_under_the_source_that_is_named(school):
    report = json.loads(lierre_import(school, "--apply", "--json", "--source", "Scolarité", "--kind", "school"))

    assert report["state"] == "applied"
    assert Source.objects.get(name="Scolarité").kind == "school"
    assert [str(person) for person in Person.objects.all()] == ["Erwan Bellec"]
    # Nobody works here: whom the next lines will resemble is learnt at once.
    assert "too small" in Duty.objects.get(name="people.learn_persons").said


@pytest.mark.django_db
def test_an_apply_that_died_half_way_is_finished_before_the_next_one(school, tmp_path):
    """Its lease is over, and nobody works here."""
    first = rehearse(bring(file(APOGEE, GWEN)))
    work = first.ask_apply(by="lierre import")
    work.claim("somewhere:1:died")
    Import.objects.filter(pk=first.pk).update(state="applying")
    Work.objects.filter(pk=work.pk).update(lease_until=timezone.now() - timedelta(minutes=2))

    said = StringIO()
    report = json.loads(lierre_import(school, "--apply", "--json", stderr=said))

    first.refresh_from_db()
    assert (first.state, report["state"]) == ("applied", "applied")
    assert "finished first" in said.getvalue()
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_without_json_it_speaks_plainly(school):
    assert "apogee.csv:3 DATE_NAI_IND Column “DATE_NAI_IND”" in lierre_import(school)


@pytest.mark.django_db
def test_strict_ends_with_three_when_lines_were_put_aside(school):
    with pytest.raises(SystemExit) as ended:
        lierre_import(school, "--strict")

    assert ended.value.code == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (b"", (), "is empty"),
        (b"NOM;COTIS\r\nHerv\xc3\xa9;OUI\r\n", (), "Nobody has said what the columns"),
        (b"NOM;COTIS\r\nHerv\xc3\xa9;OUI\r\n", ("--preset", "apogee"), "No column of"),
        (b"NOM;COTIS\r\nHerv\xc3\xa9;OUI\r\n", ("--preset", "linkedin"), "cannot be read as linkedin"),
        (b"A;B\r\nx;y\r\n", ("--preset", "generic"), "which column holds the name"),
    ],
)
def test_a_refusal_is_a_sentence_in_both_ways_and_nothing_is_written(tmp_path, content, words, told):
    path = tmp_path / "envoi.csv"
    path.write_bytes(content)
    printed = StringIO()

    with pytest.raises(CommandError, match=told) as refused:
        call_command("import_files", str(path), "--json", *words, stdout=printed)

    assert refused.value.returncode == 1
    assert told in json.loads(printed.getvalue())["refused"]
    assert not Person.objects.exists()
    assert not Import.objects.exclude(state__in=["received", "abandoned"]).exists()


@pytest.mark.django_db
def test_a_table_of_somebody_s_own_can_be_read_by_the_meanings_that_are_suggested(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes("Nom;Prénom;Né(e) le\r\nHervé;Amélie;17/05/1991\r\n".encode())

    assert json.loads(lierre_import(path, "--preset", "generic", "--json"))["counts"]["new"] == 1


@pytest.mark.django_db
def test_what_the_command_line_does_not_know_is_said(school):
    with pytest.raises(CommandError, match="invalid choice: 'pegase'"):
        lierre_import(school, "--preset", "pegase")
    with pytest.raises(CommandError, match="no such file"):
        lierre_import(school.with_name("nothing.csv"))


def test_the_product_s_own_command_imports_into_a_base_that_it_makes(school, tmp_path):
    """Once for real: an embedded base is made on first use, and the exit code is that of the shell."""
    around = {
        name: value for name, value in os.environ.items() if not name.startswith(("LIERRE", "DJANGO", "DATABASE"))
    }
    around |= {"LIERRE_DATA_DIR": str(tmp_path / "data")}

    def run(*words):
        command = [ROOT / "bin" / "lierre", "import", *words]
        return subprocess.run(command, env=around, cwd=ROOT, capture_output=True, text=True, check=False)

    taken, refused = run(school, "--apply", "--json"), run(tmp_path / "nothing.csv", "--json")

    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout[taken.stdout.index("{") :])["counts"]["new"] == 1
    assert refused.returncode == 1
    assert "nothing.csv" in json.loads(refused.stdout[refused.stdout.index("{") :])["refused"]
