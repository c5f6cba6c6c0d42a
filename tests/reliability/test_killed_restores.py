"""A restoration is killed: the same command goes on with it, and nothing is lost."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill
from tests.reliability.test_killed_imports import bring, write

pytestmark = pytest.mark.crash
STATE = "SELECT state, failure FROM foundation_work WHERE name = 'people.restore' ORDER BY id"
HOW_FAR = "SELECT arguments FROM foundation_work WHERE name = 'people.restore'"
RESTORED = "SELECT count(*) FROM foundation_entry WHERE verb = 'everything.restored'"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Base, Path]]:
    """One that was packed, and the export."""
    base, files = Base(tmp_path_factory.mktemp("left"), "left"), tmp_path_factory.mktemp("files")
    try:
        bring(base.make(), write(files / "first.csv", range(9_000), "3 rue Haute"), "--apply")
        path = files / "house.zip"
        assert base.lierre("export", str(path), output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0
        yield base, path
    finally:
        base.unmake()


@pytest.fixture
def houses(tmp_path: Path, packed: tuple[Base, Path]) -> Iterator[tuple[Base, Base, Path]]:
    """That which was packed, an empty one, and the export between them."""
    empty = Base(tmp_path / "empty", "empty")
    try:
        yield packed[0], empty.make(), packed[1]
    finally:
        empty.unmake()


def how_far(base: Base) -> str:
    found = base.rows(HOW_FAR)
    return str(found[0][0]) if found else ""


def ended(base: Base, path: Path) -> tuple[int, str]:
    """The same command again, to its end."""
    process = base.lierre("restore", str(path), "--compare", output=subprocess.PIPE)
    told, _nothing = process.communicate(timeout=PATIENCE * 3)
    return process.returncode, told.decode()


def is_filling(base: Base) -> bool:
    return "accounts.user" in how_far(base)


def is_folding(base: Base) -> bool:
    return "folded" in how_far(base)


@pytest.mark.parametrize("moment", [is_filling, is_folding])
def test_a_restoration_that_was_killed_is_gone_on_with_by_the_same_command(
    houses: tuple[Base, Base, Path], moment: Callable[[Base], bool]
):
    left, empty, path = houses
    first = empty.lierre("restore", str(path), "--compare", output=subprocess.DEVNULL)
    empty.until(lambda: moment(empty))

    kill(first)
    meanwhile = empty.rows(STATE), empty.rows(RESTORED)
    code, told = ended(empty, path)

    assert meanwhile[0][0][0] == "failed"
    assert "goes on" in meanwhile[0][0][1] or "continue" in meanwhile[0][0][1]
    assert meanwhile[1] == [(0,)]
    assert (code, told.split(",")[0].split()[0]) == (0, "0")
    assert one(empty) == one(left)
    assert [state for state, _failure in empty.rows(STATE)] == ["done"]
    assert empty.rows(RESTORED) == [(1,)]


def one(base: Base) -> list[tuple[Any, ...]]:
    return base.rows("SELECT id, public_id, given, family, sort, completeness FROM people_person ORDER BY id")


def test_another_export_does_not_go_on_with_it(houses: tuple[Base, Base, Path], tmp_path: Path):
    left, empty, path = houses
    other = tmp_path / "other.zip"
    assert left.lierre("export", str(other), output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0
    first = empty.lierre("restore", str(path), output=subprocess.DEVNULL)
    empty.until(lambda: is_filling(empty))
    kill(first)

    refused, _told = ended(empty, other)
    code, _told = ended(empty, path)

    assert (refused, code) == (1, 0)
