"""A worker is killed while the house is packed or the exit rehearsed: nothing pretends to be there, and it begins again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill
from tests.reliability.test_killed_imports import bring, write

pytestmark = pytest.mark.crash
REHEARSE = "people.rehearse_exit"
STATES = "SELECT state, persons, lost, added FROM people_exitrehearsal ORDER BY id"
ASK = """
from lierre.accounts.models import User
from lierre.people.models import Export
Export.objects.ask("Une archive", by="the tests")
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """Some persons, whom a file told of."""
    base, files = Base(tmp_path_factory.mktemp("told"), "told"), tmp_path_factory.mktemp("files")
    try:
        bring(base.make(), write(files / "first.csv", range(3_000), "3 rue Haute"), "--apply")
        yield base
    finally:
        base.unmake()


@pytest.fixture
def inhabited(tmp_path: Path, told: Base) -> Iterator[Base]:
    base = Base(tmp_path / "inhabited")
    try:
        yield base.make(told)
    finally:
        base.unmake()


def persons(base: Base) -> int:
    return int(base.rows("SELECT count(*) FROM people_person WHERE record_id IS NOT NULL")[0][0])


def finish(base: Base) -> None:
    base.let_leases_end()
    assert base.worker("--once").wait(PATIENCE * 4) == 0


@pytest.mark.one_engine("an export is compared with what an embedded base made of it, whatever it left")
def test_what_is_lost_is_told(inhabited: Base):
    inhabited.do("UPDATE people_person SET family = 'Autre' WHERE id = 7")
    inhabited.ask(REHEARSE)

    finish(inhabited)

    assert inhabited.rows(STATES) == [("differs", persons(inhabited), 1, 1)]
    ((examples,),) = inhabited.rows("SELECT examples FROM people_exitrehearsal")
    assert "family" in str(examples)
    assert "Autre" not in str(examples)


def test_a_rehearsal_that_was_killed_is_begun_again_and_nothing_is_lost(inhabited: Base):
    inhabited.ask(REHEARSE)
    worker = inhabited.worker("--once")
    inhabited.until(lambda: (inhabited.folder / "rehearsals" / "house" / "lierre.sqlite3").exists())

    kill(worker)
    meanwhile = inhabited.rows(STATES)
    finish(inhabited)

    assert meanwhile == [("running", 0, 0, 0)]
    assert inhabited.rows(STATES) == [("stopped", 0, 0, 0), ("held", persons(inhabited), 0, 0)]
    assert not (inhabited.folder / "rehearsals").exists()


def test_an_export_that_was_killed_is_not_there_and_is_made_again(inhabited: Base):
    assert inhabited.shell(ASK).wait(PATIENCE) == 0
    worker, folder = inhabited.worker("--once"), inhabited.folder / "exports"
    inhabited.until(lambda: (folder / "lierre-1.zip.unfinished").exists())

    kill(worker)
    meanwhile = inhabited.rows("SELECT made_at FROM people_export"), (folder / "lierre-1.zip").exists()
    finish(inhabited)

    assert meanwhile == ([(None,)], False)
    assert [path.name for path in folder.iterdir()] == ["lierre-1.zip"]
    assert inhabited.rows("SELECT persons FROM people_export") == [(persons(inhabited),)]


def test_an_export_comes_back_into_an_empty_house_from_the_command_line(inhabited: Base, tmp_path: Path):
    path = tmp_path / "elsewhere.zip"
    assert inhabited.lierre("export", str(path), output=subprocess.DEVNULL).wait(PATIENCE) == 0
    other = Base(tmp_path / "other", "other")
    try:
        other.make()
        assert other.lierre("restore", str(path), "--compare", output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0
        assert persons(other) == persons(inhabited)
        assert other.lierre("restore", str(path), output=subprocess.DEVNULL).wait(PATIENCE) == 1
    finally:
        other.unmake()
