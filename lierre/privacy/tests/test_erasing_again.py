"""A copy of the base that is put back brings nobody back: the list of erasings stands out of it, and is done again."""

import json
import os
import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from lierre.foundation.models import Entry
from lierre.people.erasing import erase
from lierre.people.models import Person
from lierre.people.tests.witnesses import tell
from lierre.privacy import ledger
from lierre.privacy.duties import erase_again
from lierre.privacy.models import ErasingsKnown, Suppression
from tests.reliability.process import ended


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR, settings.WATCHED_DIR = tmp_path, tmp_path / "watched"


@pytest.fixture
def gaelle(db) -> Person:
    return tell(None, "school", date(2019, 9, 1), given="Gaëlle", family="Tanguy", student_number="20900001")


def test_the_list_names_nobody_and_says_when(gaelle, maiwenn):
    public_id = gaelle.public_id
    erase(gaelle, by=maiwenn, reason="À sa demande.", on_request=True)

    line = ledger.path().read_text()
    assert public_id not in line
    assert "Tanguy" not in line
    assert line.split()[1] == "asked"
    assert len(line) == ledger.LINE


def test_whoever_a_copy_brings_back_is_erased_again_with_their_marks(gaelle, amelie, maiwenn):
    public_id = gaelle.public_id
    erase(gaelle, by=maiwenn, reason="À sa demande.", on_request=True)
    # The copy: she is there under the same identifier, and nobody knows that she had asked.
    Suppression.objects.all().delete()
    back = tell(None, "school", date(2019, 9, 1), given="Gaëlle", family="Tanguy", student_number="20900001")
    Person.objects.filter(pk=back.pk).update(public_id=public_id)

    assert ledger.erase_again(by="the tests") == 1

    assert list(Person.objects.all()) == [amelie]
    assert Suppression.objects.filter(kind="key").exists()
    assert Entry.objects.of_verb("erasings.done_again").get().details == {"count": 1}


def test_once_the_list_is_known_nothing_is_read_again(gaelle, maiwenn, django_assert_max_num_queries):
    erase(gaelle, by=maiwenn, reason="Sans nouvelles.")
    ledger.erase_again(by="the tests")
    assert ErasingsKnown.upto_now() == ledger.size() == ledger.LINE

    with django_assert_max_num_queries(1):
        assert ledger.erase_again(by="the tests") == 0


def test_a_list_that_is_shorter_than_what_is_known_is_read_whole(gaelle, maiwenn):
    ErasingsKnown.objects.create(pk=1, upto=10 * ledger.LINE)
    ledger.note([gaelle.public_id], on_request=False)

    assert ledger.erase_again(by="the tests") == 1


def test_an_erasing_that_is_under_way_is_left_alone(gaelle):
    ledger.note([gaelle.public_id], on_request=False)

    assert "just now" in erase_again()
    assert Person.objects.filter(pk=gaelle.pk).exists()

    old = time.time() - 2 * ledger.REST
    os.utime(ledger.path(), (old, old))
    assert erase_again() == "1 person was erased again."
    assert not Person.objects.exists()


def test_the_command_says_how_many(gaelle, capsys):
    ledger.note([gaelle.public_id], on_request=False)

    call_command("erase_again", "--json")

    assert json.loads(capsys.readouterr().out) == {"erased": 1}


@pytest.mark.one_engine("it copies the file of an embedded base")
def test_a_file_that_was_copied_and_put_back_is_erased_again(tmp_path, migrated):
    """With the product’s own commands and a real file of the base, copied while nobody writes."""
    shutil.copy(migrated, tmp_path)
    prepared = python(tmp_path, PREPARE)
    base = next(tmp_path.glob("*.sqlite3"))
    shutil.copy(base, tmp_path / "copy")
    python(tmp_path, ERASE)
    assert python(tmp_path, COUNT) == "1"
    base.unlink()
    for rest in tmp_path.glob("*.sqlite3-*"):
        rest.unlink()
    shutil.move(tmp_path / "copy", base)
    assert (prepared, python(tmp_path, COUNT)) == ("2", "2")

    assert lierre(tmp_path, "erase-again", "--json").splitlines()[-1] == '{"erased": 1}'

    assert python(tmp_path, COUNT) == "1"
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("*.sqlite3*"))
    assert "trégastel" not in raw.decode("utf-8", "replace").lower()


@pytest.mark.one_engine("its two houses have embedded bases")
def test_an_export_that_is_restored_elsewhere_does_not_bring_back_whoever_was_erased_since(tmp_path, migrated):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        shutil.copy(migrated, folder)
    python(here, PREPARE)
    lierre(here, "export", str(tmp_path / "export"), "--reason", "Tests.")
    python(here, ERASE)
    for kept in ("erasings", "suppression-key"):
        shutil.copy(here / kept, there / kept)

    said = lierre(there, "restore", str(tmp_path / "export"))

    assert python(there, COUNT) == "1"
    assert len(said.splitlines()) == 2  # how many are back, how many were erased again


def lierre(folder: Path, *words: str) -> str:
    code, said = ended(folder, *words)
    assert code == 0, said
    return said


def python(folder: Path, program: str) -> str:
    return lierre(folder, "shell", "--verbosity", "0", "-c", BEGIN + program).splitlines()[-1]


BEGIN = """
from datetime import date
from lierre.people.models import Person
"""
PREPARE = """
from lierre.people.tests.witnesses import tell
tell(None, "school", date(2019, 9, 1), given="Enora", family="Trégastel", student_number="20900001")
tell(None, "school", date(2019, 9, 1), given="Erwan", family="Bellec", student_number="20900002")
print(Person.objects.count())
"""
ERASE = """
from lierre.people.erasing import erase
erase(Person.objects.get(given="Enora"), by="the tests", reason="Asked.", on_request=True)
print("done")
"""
COUNT = """
print(Person.objects.count())
"""
