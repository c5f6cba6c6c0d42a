"""The first load of a base is killed: it goes on, and everything that a server promises is promised again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill
from tests.reliability.test_killed_imports import ask, bring, finish, one, student, write

pytestmark = pytest.mark.crash
LINES = 30_000  # enough for a crew, and for promises to be set aside
PROMISES = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE contype = 'f' ORDER BY 1, 2"
)
WRITTEN = "SELECT max(written) FROM people_import WHERE state = 'applying'"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base = Base(tmp_path_factory.mktemp("told"), "told")
    path = write(tmp_path_factory.mktemp("files") / "first.csv", range(LINES), "3 rue Haute")
    assert path.stat().st_size > 2_000_000, student(1, "")
    try:
        bring(base.make(), path)
        yield base
    finally:
        base.unmake()


@pytest.fixture
def rehearsed(tmp_path: Path, told: Base) -> Iterator[Base]:
    base = Base(tmp_path / "rehearsed")
    try:
        yield base.make(told)
    finally:
        base.unmake()


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
