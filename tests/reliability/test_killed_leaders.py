"""Whoever leads a crew of processes is killed: the crew ends too, and holds no memory for ever."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reliability.conftest import PATIENCE

pytestmark = pytest.mark.crash
LEADER = """
import os
from lierre.people.importing.crew import crew_for

if __name__ == "__main__":
    with crew_for(10**9, 2) as crew:
        print(crew.submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), 9)
"""


def test_a_crew_ends_with_whoever_leads_it(tmp_path: Path):
    script = tmp_path / "leader.py"
    script.write_text(LEADER)
    here = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": os.pathsep.join(sys.path)}

    said = subprocess.run([sys.executable, str(script)], env=os.environ | here, capture_output=True, text=True)

    deadline = time.monotonic() + PATIENCE
    while lives(int(said.stdout)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert said.returncode == -9, said.stderr
    assert not lives(int(said.stdout))


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
