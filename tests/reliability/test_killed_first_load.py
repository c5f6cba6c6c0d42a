"""The first load of a base is killed: it goes on, and everything that a server promises is promised again."""

import subprocess
from pathlib import Path

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill
from tests.reliability.test_killed_imports import ask, finish, one, student, write

pytestmark = pytest.mark.crash
LINES = 30_000  # enough for a crew, and for promises to be set aside
PROMISES = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE contype = 'f' ORDER BY 1, 2"
)
WRITTEN = "SELECT max(written) FROM people_import WHERE state = 'applying'"


@pytest.fixture
def rehearsed(base: Base, tmp_path: Path) -> Base:
    path = write(tmp_path / "first.csv", range(LINES), "3 rue Haute")
    assert path.stat().st_size > 2_000_000, student(1, "")
    asked = base.lierre("import", str(path), "--source", "Scolarité", output=subprocess.DEVNULL)
    assert asked.wait(PATIENCE * 2) == 0
    return base


def promises(base: Base) -> list[tuple[object, ...]]:
    return base.rows(PROMISES) if base.server else []


@pytest.mark.parametrize("then", ["apply", "revert"])
def test_a_first_load_that_is_killed_leaves_every_promise_kept(rehearsed: Base, then: str):
    before = promises(rehearsed)
    ask(rehearsed, "apply")
    worker = rehearsed.worker()
    rehearsed.until(lambda: (one(rehearsed, WRITTEN) or 0) > 0)

    kill(worker)
    meanwhile = promises(rehearsed)
    if then == "revert":
        rehearsed.do("UPDATE foundation_work SET state = 'cancelled', lease_until = NULL WHERE state = 'running'")
        ask(rehearsed, "revert")
    finish(rehearsed)

    assert len(meanwhile) < len(before) or not rehearsed.server
    assert promises(rehearsed) == before
    states = {"apply": "applied", "revert": "reverted"}
    assert one(rehearsed, "SELECT state FROM people_import ORDER BY id DESC LIMIT 1") == states[then]
    assert rehearsed.lierre("rebuild", "--check", output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0
