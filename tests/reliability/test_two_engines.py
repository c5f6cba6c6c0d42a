"""One institution, kept by an embedded base and by a server: what leaves is the same."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.conftest import PATIENCE, Base
from tests.reliability.test_killed_imports import bring, write

SERVER = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not SERVER, reason="One of the two engines is a server: bin/test gives it."),
]


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[tuple[Base, Base]]:
    """The embedded one, then that of the server."""
    bases = []
    try:
        for name, server in (("embedded", ""), ("served", None)):
            bases.append(Base(tmp_path / name, name, server))
            bases[-1].make()
        yield bases[0], bases[1]
    finally:
        for base in bases:
            base.unmake()


def exported(base: Base, path: Path) -> Path:
    assert base.lierre("export", str(path), output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0
    return path


def compared(base: Base, *words: str) -> tuple[int, str]:
    process = base.lierre("export", "--compare", *words, output=subprocess.PIPE)
    told, _nothing = process.communicate(timeout=PATIENCE * 2)
    return process.returncode, told.decode()


def test_the_same_files_brought_to_both_engines_leave_the_same(houses: tuple[Base, Base], tmp_path: Path):
    files = [
        write(tmp_path / "first.csv", range(2_500), "3 rue Haute"),
        write(tmp_path / "second.csv", range(1_200, 3_000), "14 rue des Sternes"),
    ]
    paths = []
    for base in houses:
        for file in files:
            bring(base, file, "--apply")
        paths.append(str(exported(base, tmp_path / f"{base.name}.zip")))

    code, told = compared(houses[0], *paths)

    assert code == 0, told


def test_what_is_built_again_on_the_other_engine_leaves_the_same_to_the_byte(houses: tuple[Base, Base], tmp_path: Path):
    embedded, served = houses
    bring(embedded, write(tmp_path / "first.csv", range(2_500), "3 rue Haute"), "--apply")
    first = exported(embedded, tmp_path / "first.zip")
    assert served.lierre("restore", str(first), output=subprocess.DEVNULL).wait(PATIENCE * 2) == 0

    second = exported(served, tmp_path / "second")
    code, told = compared(served, str(first), str(second), "--exactly", "--json")

    # The journal of the second house tells that it was restored, then packed: nothing else is new.
    found = json.loads(told)
    assert (code, found["lost"], found["added"]) == (3, 0, 2), found
    assert found["by_table"] == {"foundation.entry": 2}
