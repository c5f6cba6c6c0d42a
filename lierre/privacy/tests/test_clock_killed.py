"""The clock is killed in the middle of a night: what it had begun is true, and what was begun is ended."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("clock_killed.py")
ROOT = Path(__file__).parents[3]


def night(folder: Path, step: str, way: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), step, way], cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.crash
@pytest.mark.one_engine("it searches the raw file of an embedded base")
def test_those_who_leave_leave_once_and_their_degree_is_archived_once(tmp_path, migrated):
    shutil.copy(migrated, tmp_path)
    before = said(night(tmp_path, "prepare", "leave"))
    assert (before["persons"], before["contacts"]) == (12, 12)
    assert {"trégastel", "courriel.example"} <= before["found"].keys()

    assert night(tmp_path, "die", "leave").returncode == -signal.SIGKILL
    after = said(night(tmp_path, "go_on", "leave"))

    assert (after["persons"], after["erased"], after["archived"], after["differences"]) == (0, 12, 12, 0)
    # The archive keeps the name that stands on the diploma, and nothing else of them.
    assert after["found"].keys() <= {"trégastel"}


@pytest.mark.crash
@pytest.mark.one_engine("it searches the raw file of an embedded base")
def test_those_who_stay_lose_once_what_no_purpose_needs(tmp_path, migrated):
    shutil.copy(migrated, tmp_path)
    before = said(night(tmp_path, "prepare", "stay"))
    assert {"courriel.example", "cabinet pors"} <= before["found"].keys()

    assert night(tmp_path, "die", "stay").returncode == -signal.SIGKILL
    after = said(night(tmp_path, "go_on", "stay"))

    assert (after["persons"], after["contacts"], after["archived"], after["differences"]) == (12, 0, 0, 0)
    assert after["pruned"] == 12
    assert after["found"] == {}
