"""The clock is killed in the middle of a night: what it had begun is true, and what was begun is ended."""

import json
import shutil
import signal
from pathlib import Path

import pytest

from tests.reliability.process import inside


def night(folder: Path, step: str, way: str) -> tuple[int, str]:
    return inside(folder, f"from lierre.privacy.tests import clock_killed; clock_killed.main{str(folder), step, way}")


def said(done: tuple[int, str]) -> dict:
    assert done[0] == 0, done
    return json.loads(done[1].splitlines()[-1])


@pytest.mark.crash
@pytest.mark.one_engine("it searches the raw file of an embedded base")
def test_those_who_leave_leave_once_and_their_degree_is_archived_once(tmp_path, migrated):
    shutil.copy(migrated, tmp_path)
    before = said(night(tmp_path, "prepare", "leave"))
    assert (before["persons"], before["contacts"]) == (12, 12)
    assert {"trégastel", "courriel.example"} <= before["found"].keys()

    assert night(tmp_path, "die", "leave")[0] == -signal.SIGKILL
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

    assert night(tmp_path, "die", "stay")[0] == -signal.SIGKILL
    after = said(night(tmp_path, "go_on", "stay"))

    assert (after["persons"], after["contacts"], after["archived"], after["differences"]) == (12, 0, 0, 0)
    assert after["pruned"] == 12
    assert after["found"] == {}
