"""What is dropped in the watched folder is recognised, rehearsed, and applied alone only where a source says so."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from lierre.foundation.models import Work
from lierre.foundation.models.journal import Entry
from lierre.people.duties import watch_folder
from lierre.people.importing.tests.bringing import AMELIE, APOGEE, ERWAN, NIGHT, apply, bring, counts, file, witness
from lierre.people.models import Import, Person, QuarantinedLine

pytestmark = pytest.mark.django_db
BAD = ERWAN.replace("28/02/1994", "31/02/1994")
JOBS = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tPoste actuel ?"


@pytest.fixture
def home(tmp_path, settings):
    settings.WATCHED_DIR = tmp_path / "drop"
    settings.WATCHED_DIR.mkdir()
    return settings.WATCHED_DIR


def drop(folder: Path, name: str, content: bytes, seconds_ago: int = 60) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return path


def work() -> None:
    """What the worker does between two rounds."""
    while waiting := Work.objects.unfinished().order_by("pk").first():
        waiting.run_now()


def rounds(count: int = 3) -> None:
    for _round in range(count):
        watch_folder()
        work()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_dropped_is_recognised_and_rehearsed_and_waits_for_someone(home):
    drop(home, "x.csv", file(APOGEE, AMELIE, ERWAN))

    rounds()

    imported = Import.objects.get()
    assert (imported.state, imported.deliveries.get().dialect, counts(imported)) == ("rehearsed", "apogee", {"new": 2})
    assert not Person.objects.exists()
    assert len(left(home / "taken")) == 1
    assert Entry.objects.of_verb("import.received").exists()


def test_a_source_that_is_set_so_is_applied_alone_and_refused_lines_do_not_hold_it_back(home):
    witness(applies_alone=True)
    drop(home / "Scolarité", "x.csv", file(APOGEE, AMELIE, BAD))

    rounds()

    imported = Import.objects.get()
    assert (imported.state, imported.source.name) == ("applied", "Scolarité")
    assert [str(person) for person in Person.objects.all()] == ["Amelie Herve"]
    assert QuarantinedLine.objects.waiting().count() == 1


def test_nothing_is_applied_alone_when_somebody_must_decide(home):
    source = witness(applies_alone=True)
    apply(bring(file(APOGEE, AMELIE, ERWAN), source=source))
    drop(home / "Scolarité", "x.csv", file(APOGEE, AMELIE.replace("20901412", "21001733")))

    rounds()

    assert Import.objects.latest_first()[0].state == "rehearsed"


@pytest.mark.parametrize(("name", "age"), [("x.csv", 0), ("x.csv.part", 60), ("x.csv.filepart", 60), (".x.csv", 60)])
def test_a_file_that_is_still_being_written_is_not_taken(home, name, age):
    path = drop(home, name, file(APOGEE, AMELIE), seconds_ago=age)

    rounds()

    assert path.exists()
    assert not Import.objects.exists()


def test_a_file_that_cannot_be_read_is_set_aside_with_its_reason(home):
    drop(home, "x.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)

    rounds()

    aside, reason = left(home / "refused")
    assert aside.endswith("x.csv")
    assert reason == f"{aside}.reason.txt"
    assert "no file that can be read" in (home / "refused" / reason).read_text()
    assert "no file" in Entry.objects.of_verb("import.refused").get().reason
    assert not Import.objects.exists()


def test_the_tables_of_one_night_come_together_and_wait_for_the_last_of_them(home):
    witness("platform", applies_alone=True)
    folder = home / "AlumnForce"
    drop(folder, "exportuserjobs.csv", file(JOBS, "412\t\tStatisticienne\tArmor Énergies\t1"))
    last = drop(folder, "exportusers.csv", file(NIGHT, "412\t\tAmélie\tHervé\t0\t"), seconds_ago=0)
    rounds()
    too_early = Import.objects.count()

    os.utime(last, (1, 1))
    rounds()

    imported = Import.objects.get()
    assert too_early == 0
    assert (imported.state, counts(imported)) == ("applied", {"new": 2})
    assert Person.objects.get().positions.get()


def test_one_bad_file_of_a_night_does_not_keep_the_others_out(home):
    witness("platform")
    drop(home / "AlumnForce", "a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    drop(home / "AlumnForce", "b.csv", file(NIGHT, "412\t\tAmélie\tHervé\t0\t"))

    rounds()

    assert counts(Import.objects.get()) == {"new": 1}
    assert len(left(home / "refused")) == 2
    assert left(home / "AlumnForce") == []


def test_a_file_that_was_received_before_we_died_is_put_away_and_not_received_twice(home):
    content = file(APOGEE, AMELIE)
    drop(home, "x.csv", content)
    rounds()

    drop(home, "x.csv", content)
    rounds()

    assert Import.objects.count() == 1
    assert len(left(home / "taken")) == 2
    assert left(home) == left(home / "taken")


def test_links_are_never_followed(home, tmp_path):
    secret = drop(tmp_path, "elsewhere.csv", file(APOGEE, AMELIE))
    (home / "x.csv").symlink_to(secret)

    rounds()

    assert not Import.objects.exists()


def test_a_folder_behind_a_link_is_not_emptied(home, tmp_path):
    elsewhere = drop(tmp_path / "elsewhere", "x.csv", file(APOGEE, AMELIE))
    (home / "Scolarité").symlink_to(elsewhere.parent)

    rounds()

    assert elsewhere.exists()
    assert not Import.objects.exists()


def test_a_file_dated_tomorrow_is_taken_once_it_has_been_here_for_a_while(home, monkeypatch):
    """Whoever wrote it has a clock which is wrong. The date at which it came here is this machine's own."""
    drop(home, "x.csv", file(APOGEE, AMELIE), seconds_ago=-86_400)
    rounds()
    too_early = Import.objects.count()

    monkeypatch.setattr("lierre.people.importing.watching.SETTLED", timedelta(seconds=-1))
    rounds()

    assert (too_early, counts(Import.objects.get())) == (0, {"new": 1})


def test_a_round_that_finds_work_under_way_asks_for_nothing_twice(home):
    witness(applies_alone=True)
    drop(home / "Scolarité", "x.csv", file(APOGEE, AMELIE))
    watch_folder()
    work()

    for _round in range(3):
        watch_folder()

    assert Work.objects.filter(name="people.apply").count() == 1
