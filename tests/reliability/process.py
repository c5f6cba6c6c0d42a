"""A process of the product that these tests begin, watch and kill. It comes from the nursery, where it need not read it first."""

import array
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
PATIENCE = 240.0  # whatever the load of the machine: it is only waited for when something is wrong


@cache
def nursery() -> str:
    """Where to ask for one. It is begun the first time, and ends when this process of tests does."""
    folder = Path(tempfile.mkdtemp(prefix="lierre-nursery-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    address, around = str(folder / "door"), {"DJANGO_SETTINGS_MODULE": "tests.reliability.settings", "DATABASE_URL": ""}
    begun = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.nursery", address], cwd=ROOT, stdin=subprocess.PIPE,
        env=os.environ | around | {"LIERRE_DATA_DIR": str(folder)},
    )  # fmt: skip
    while not Path(address).exists():
        assert begun.poll() is None
        time.sleep(0.02)
    nursery.begun = begun  # type: ignore[attr-defined] # its entry stays open as long as we live
    return address


class Process:
    """`lierre WORDS`, with these variables. `output`: PIPE, DEVNULL, or nothing for that of the tests."""

    def __init__(self, words: Sequence[str], around: dict[str, str], output: int | None = None) -> None:
        self.returncode: int | None = None
        self.stdout: IO[bytes] | None = None
        theirs = 1
        if output == subprocess.PIPE:
            mine, theirs = os.pipe()
            self.stdout = os.fdopen(mine, "rb")
        elif output == subprocess.DEVNULL:
            theirs = os.open(os.devnull, os.O_WRONLY)
        self.line = socket.socket(socket.AF_UNIX)
        self.line.connect(nursery())
        streams = array.array("i", [theirs, 2])
        asked = json.dumps({"words": words, "around": around}).encode() + b"\n"
        sent = self.line.sendmsg([asked], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        self.line.sendall(asked[sent:])
        if theirs > 2:
            os.close(theirs)
        self.pid = self.number()

    def number(self) -> int:
        """Of the process, then how it ended: the nursery says each on a line."""
        said = b""
        while not said.endswith(b"\n"):
            said += self.line.recv(1)
        return int(said)

    def poll(self) -> int | None:
        try:
            return self.wait(0.001)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self.line.settimeout(timeout)
            try:
                self.returncode = self.number()
            except TimeoutError:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from None
            self.line.close()
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[bytes, None]:
        """Once it has ended: what these processes say holds in a pipe."""
        assert self.stdout is not None
        self.wait(timeout)
        return self.stdout.read(), None

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def ended(folder: Path, *words: str) -> tuple[int, str]:
    """`lierre WORDS` on the embedded base of this folder: how it ended, and what it said."""
    around = {
        "DJANGO_SETTINGS_MODULE": "tests.reliability.settings",
        "LIERRE_DATA_DIR": str(folder),
        "DATABASE_URL": "",
    }
    process = Process(words, os.environ | around, subprocess.PIPE)
    said, _nothing = process.communicate(PATIENCE)
    return process.returncode or 0, said.decode()


def inside(folder: Path, code: str) -> tuple[int, str]:
    """Python in the product, in a process of its own."""
    return ended(folder, "shell", "--verbosity", "0", "-c", code)
