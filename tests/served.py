"""A Lierre that is really served: its own base, its own processes, its static files, in the language of the product."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests import pattern

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
SETTLE = """
import json
from tests.access import session_of
from tests.addresses import addresses
from tests.house import build
house = build(second_factors=False)
print(json.dumps({
    "paths": {address.name: address.examples(house) for address in addresses()},
    "everybody": session_of(house.everybody),
}))
"""


class Served:
    """`paths`: for each address, those of the house. `everybody`: the session of whoever may open every page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        given = os.environ.get("DATABASE_URL", "")
        self.server = given if given.startswith("postgres") else ""
        self.name = f"lierre_served_{os.getpid()}"
        self.url = self.server.rpartition("/")[0] + f"/{self.name}" if self.server else ""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.paths: dict[str, list[str]] = {}
        self.everybody = ""

    def start(self) -> None:
        if self.server:
            pattern.copy(self.name)
        else:
            shutil.copy(pattern.embedded(), self.folder)
        told = json.loads(self.python(SETTLE).splitlines()[-1])
        self.paths, self.everybody = told["paths"], told["everybody"]
        self.lierre("collectstatic", "--noinput", "--verbosity", "0")
        self.live("serve", "--host", "127.0.0.1", "--port", str(self.port))
        self.live("work", "--poll", "0.3")
        self.wait()

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(PATIENCE)
        if self.server:
            pattern.drop(self.name)

    @property
    def surroundings(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "lierre.settings",
            "LIERRE_DATA_DIR": str(self.folder),
            "LIERRE_ADDRESS": self.address,
            "LIERRE_DEBUG": "no",
            "DATABASE_URL": self.url,
        }

    def command(self, *words: str) -> dict[str, Any]:
        return {"args": [sys.executable, "-m", "lierre", *words], "env": self.surroundings, "cwd": ROOT}

    def lierre(self, *words: str) -> str:
        """Run a command of the product to its end, and answer what it says."""
        return subprocess.run(**self.command(*words), check=True, stdout=subprocess.PIPE, text=True).stdout

    def python(self, code: str) -> str:
        """Run Python inside the product."""
        return self.lierre("shell", "--verbosity", "0", "-c", code)

    def live(self, *words: str) -> None:
        """Start a process that stays."""
        with (self.folder / f"{words[0]}.log").open("wb") as log:
            self.processes.append(subprocess.Popen(**self.command(*words), stdout=log, stderr=log))

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/readyz"):  # noqa: S310 - our own process
                    return
            except (URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError((self.folder / "serve.log").read_text() + (self.folder / "work.log").read_text())


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
