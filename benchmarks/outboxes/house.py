"""A base, a server that speaks for the networks, and workers that can be killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import psycopg

from benchmarks.outboxes.really import REAL, between
from simulators.faults import Fault

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 120.0
# Those that nobody can run at home have one account each in their simulator; the others have as many as one asks.
SIMULATED: Final = ("linkedin", "facebook")
NETWORKS: Final = ("mastodon", "keyless", "bluesky", *SIMULATED, *REAL)
ACCOUNTS: Final = 8


class House:
    """Everything stands in `folder`, and goes with it; on PostgreSQL when `url` is that of a server."""

    # What a base of the server is copied from: the tests have one that is migrated already.
    template = "template1"

    def __init__(self, folder: Path, network: str, url: str = "") -> None:
        self.folder, self.network, self.accounts = folder, network, ACCOUNTS
        self.processes: list[subprocess.Popen[str]] = []
        self.opened = ExitStack()
        self.server = url if url.startswith("postgres") else ""
        self.base = f"lierre_outbox_{os.getpid()}"
        self.url = f"{self.server.rpartition('/')[0]}/{self.base}" if self.server else ""
        self.surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lierre.settings", "LIERRE_DATA_DIR": str(folder), "LIERRE_ALLOW_LOOPBACK": "1",
            "LIERRE_SECRET_KEY": "only for benchmarks", "DATABASE_URL": self.url,
        }  # fmt: skip
        self.address, self.token = self.start_server()
        if network in {"mastodon", "keyless", "bluesky"}:
            self.control(honours_key=network != "keyless")
        if self.server:
            self.on_server(f"CREATE DATABASE {self.base} TEMPLATE {self.template}")
        self.lierre("migrate", "--verbosity", "0").wait()

    def on_server(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def start_server(self) -> tuple[str, str]:
        """Where it is, and the token of its only account when it has one."""
        if self.network in REAL:
            self.between, self.only, token = self.opened.enter_context(between(self.network, self.folder))
            return self.between.address, token
        simulated = [sys.executable, "-m", "simulators", self.network, "--lag", "20", "--slow", "0.6"]
        simulated += ["--slow-media", "2"] if self.network == "linkedin" else []
        faithful = [sys.executable, "-m", "lierre.publishing.tests.faithful.server"]
        command = simulated if self.network in SIMULATED else faithful
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.processes.append(server)
        assert server.stdout is not None
        told = server.stdout.readline()
        if self.network in SIMULATED:
            address, token, _faults = told.partition(": ")[2].split(" · ")
            return address, token.removeprefix("token: ")
        return f"http://127.0.0.1:{json.loads(told)['port']}", ""

    @property
    def names(self) -> list[str]:
        if self.network in SIMULATED:
            return ["univ"]
        if self.network in REAL:
            return [self.only]
        return [f"univ{n}.test" if self.network == "bluesky" else f"univ{n}" for n in range(self.accounts)]

    def control(self, **asked: Any) -> None:
        if self.network in {*SIMULATED, *REAL}:
            kinds = [str(each) for each in Fault if each not in asked.get("without", ())]
            told = {"share": asked.get("share", 0.0), "kinds": kinds} | (
                {"slow": asked["slow"]} if "slow" in asked else {}
            )
            spoken(f"{self.address}/_simulator/faults", told)
        else:
            spoken(f"{self.address}/_control", asked)

    def state(self) -> dict[str, Any]:
        """`online`: what anybody could read there. `faults`: how many struck."""
        if self.network in {*SIMULATED, *REAL}:
            told = spoken(f"{self.address}/_simulator/online")
            return {"online": told["online"], "faults": {"all": told["struck"]}, "writes": 0}
        whole: dict[str, Any] = spoken(f"{self.address}/_state")
        return whole | {"online": whole["bluesky" if self.network == "bluesky" else "mastodon"]}

    def count(self, state: str) -> int:
        """Read beside the product, so that looking costs nothing to whoever sends."""
        asked = "SELECT count(*) FROM publishing_delivery WHERE state = "
        if self.server:
            with psycopg.connect(self.url) as server:
                found = server.execute(f"{asked} %s", [state]).fetchone()
            return int(found[0]) if found else 0
        base = sqlite3.connect(f"file:{self.folder / 'lierre.sqlite3'}?mode=ro", uri=True, timeout=20)
        try:
            return int(base.execute(f"{asked} ?", [state]).fetchone()[0])
        finally:
            base.close()

    def lierre(self, *words: str, given: str | None = None, log: bool = False) -> subprocess.Popen[str]:
        out = (self.folder / "worker.log").open("a") if log else subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, "-m", "lierre", *words], env=self.surroundings, cwd=ROOT, text=True, stdout=out,
            stderr=subprocess.STDOUT if log else subprocess.PIPE, stdin=subprocess.PIPE if given is not None else None,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def told(self, *words: str, given: str | None = None) -> list[dict[str, Any]]:
        """What a command prints, line by line."""
        out, said = self.lierre(*words, given=given).communicate(given)
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        if not lines and said.strip():
            sys.stderr.write(said)
        return lines

    def connect(self, *names: str) -> None:
        network = {"keyless": "mastodon", **REAL}.get(self.network, self.network)
        for name in names:
            file = self.folder / f"{name}.key"
            file.write_text(self.token or ("app-password" if network == "bluesky" else f"token-{name}"))
            words = [
                "network",
                "connect",
                network,
                "--account",
                name,
                "--token-file",
                str(file),
                "--base-url",
                self.address,
            ]
            told = self.told(*words, "--json")
            if not told or "refused" in told[0]:
                raise SystemExit(f"not connected: {told}")

    def publish(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.told("publish", "--json", given="\n".join(json.dumps(line) for line in lines) + "\n")

    def fill(self, lines: list[dict[str, Any]]) -> list[int]:
        """Many at once: the ids of their rows."""
        words = [sys.executable, "-m", "benchmarks.outboxes.filling"]
        told = subprocess.run(
            words,
            env=self.surroundings,
            cwd=ROOT,
            input=json.dumps(lines),
            text=True,
            stdout=subprocess.PIPE,
            check=True,
        )
        found: list[int] = json.loads(told.stdout)
        return found

    def outbox(self) -> list[dict[str, Any]]:
        return self.told("outbox", "--json")

    def worker(self) -> subprocess.Popen[str]:
        return self.lierre("work", log=True)

    def starts(self) -> int:
        """How many workers have said that they are at work."""
        log = self.folder / "worker.log"
        return log.read_text().count("working as") if log.exists() else 0

    def until(self, happens: Any, patience: float = PATIENCE) -> bool:
        deadline = time.monotonic() + patience
        while not happens():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.opened.close()
        if self.server:
            self.on_server(f"DROP DATABASE IF EXISTS {self.base} WITH (FORCE)")


def spoken(url: str, asked: Any = None) -> Any:
    """What the server answers; it is told something when `asked` is given."""
    body = None if asked is None else json.dumps(asked).encode()
    request = urllib.request.Request(  # noqa: S310 - this machine
        url, body, {"Content-Type": "application/json"}, method="GET" if body is None else "POST"
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


def stop(process: subprocess.Popen[str]) -> int:
    """As a service is stopped: answers its status."""
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)
