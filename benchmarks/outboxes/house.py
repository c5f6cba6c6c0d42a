"""A base, a server that speaks for the networks, and workers that can be killed."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 120.0


class House:
    """Everything stands in `folder`, and goes with it."""

    def __init__(self, folder: Path, network: str) -> None:
        self.folder, self.network = folder, network
        self.processes: list[subprocess.Popen[str]] = []
        self.surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lierre.settings", "LIERRE_DATA_DIR": str(folder), "LIERRE_ALLOW_LOOPBACK": "1",
            "LIERRE_SECRET_KEY": "only for benchmarks", "DATABASE_URL": "",
        }  # fmt: skip
        self.port = self.start_server()
        self.control(honours_key=network != "keyless")
        self.lierre("migrate", "--verbosity", "0").wait()

    def start_server(self) -> int:
        command = [sys.executable, "-m", "lierre.publishing.tests.faithful.server"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.processes.append(server)
        assert server.stdout is not None
        return int(json.loads(server.stdout.readline())["port"])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def control(self, **asked: Any) -> None:
        body = json.dumps(asked).encode()
        request = urllib.request.Request(  # noqa: S310 - this machine
            f"{self.address}/_control", body, {"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=PATIENCE).close()  # noqa: S310

    def state(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.address}/_state", timeout=PATIENCE) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found

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
        network = "bluesky" if self.network == "bluesky" else "mastodon"
        for name in names:
            file = self.folder / f"{name}.key"
            file.write_text("app-password" if network == "bluesky" else f"token-{name}")
            command = (
                "network",
                "connect",
                network,
                "--account",
                name,
                "--token-file",
                str(file),
                "--base-url",
                self.address,
            )
            told = self.told(*command, "--json")
            if not told or "refused" in told[0]:
                raise SystemExit(f"not connected: {told}")

    def publish(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.told("publish", "--json", given="\n".join(json.dumps(line) for line in lines) + "\n")

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


def stop(process: subprocess.Popen[str]) -> int:
    """As a service is stopped: answers its status."""
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)
