"""The whole network of Bluesky on this machine: besides a server of accounts, the view of all that is said there."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest

from tests.networks.bluesky import HERE, Bluesky, program
from tests.networks.program import free_port, running

Seen = TypeVar("Seen")
FEED, GRAPH = "app.bsky.feed", "app.bsky.graph"


@dataclass
class Person:
    """Somebody who has an account there, and reads it as everybody does."""

    network: Bluesky
    did: str
    handle: str
    token: str

    @classmethod
    def new(cls, network: Bluesky) -> "Person":
        handle, password = network.account()
        told = network.asks(
            "com.atproto.server.createSession", json={"identifier": handle, "password": password}
        ).json()
        return cls(network, told["did"], handle, told["accessJwt"])

    def does(self, what: str, at: datetime | None = None, **said: Any) -> dict[str, str]:
        """`what`: the collection that it is written in. Answers what names it: `uri` and `cid`."""
        moment = (at or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        sent = {"repo": self.did, "collection": what, "record": {"$type": what, "createdAt": moment, **said}}
        told = self.network.asks("com.atproto.repo.createRecord", self.token, json=sent)
        assert told.is_success, told.text
        return {name: told.json()[name] for name in ("uri", "cid")}

    def likes(self, post: dict[str, str], at: datetime | None = None) -> None:
        self.does(f"{FEED}.like", at, subject=post)

    def reposts(self, post: dict[str, str]) -> None:
        self.does(f"{FEED}.repost", subject=post)

    def follows(self, did: str) -> None:
        self.does(f"{GRAPH}.follow", subject=did)

    def answers(self, post: dict[str, str], text: str) -> dict[str, str]:
        return self.does(f"{FEED}.post", text=text, reply={"root": post, "parent": post})

    def quotes(self, post: dict[str, str], text: str) -> dict[str, str]:
        return self.does(f"{FEED}.post", text=text, embed={"$type": "app.bsky.embed.record", "record": post})

    def reads(self, what: str, **query: str) -> dict[str, Any]:
        """{} when there is nothing, or nothing yet."""
        told = self.network.asks(what, self.token, query)
        return dict(told.json()) if told.is_success else {}


def eventually(look: Callable[[], Seen], is_there: Callable[[Seen], object]) -> Seen:
    """What is said is seen a moment later. Answers what was looked at last."""
    patience = time.monotonic() + 60
    while not is_there(seen := look()) and time.monotonic() < patience:
        time.sleep(0.2)
    return seen


def programs_of_postgresql() -> Path | None:
    """The newest that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


@contextmanager
def base(programs: Path) -> Iterator[str]:
    """The address of a PostgreSQL that is thrown away. Its programs refuse root: they run as the user that Debian has made."""
    port, options = free_port(), "-c unix_socket_directories= -c fsync=off -c synchronous_commit=off"
    someone = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.geteuid() == 0 else []

    def run(name: str, *said: str) -> None:
        subprocess.run([*someone, programs / name, *said], check=True, stdout=subprocess.DEVNULL, cwd="/")

    with TemporaryDirectory(prefix="lierre-") as folder:
        if someone:
            shutil.chown(folder, "postgres")
        data, log = f"{folder}/data", f"{folder}/log"
        run("initdb", "-D", data, "-A", "trust", "-U", "lierre", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        listening = f"-p {port} -c listen_addresses=127.0.0.1 {options}"
        run("pg_ctl", "-D", data, "-w", "-s", "-l", log, "-o", listening, "start")
        try:
            yield f"postgresql://lierre@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-s", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def bluesky_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bluesky]:
    """300 MB and some seconds: only for what asks the view."""
    found, postgresql = program(), programs_of_postgresql()
    if found is None or postgresql is None:
        pytest.skip("the whole network of Bluesky is not here: bin/networks installs it")
    (node, modules), folder, port = found, tmp_path_factory.mktemp("bluesky_network"), free_port()
    # It keeps its files in the folder of what is temporary.
    around = {"LIERRE_TEST_BLUESKY": str(modules), "LOG_ENABLED": "false", "TMPDIR": str(folder)}
    with base(postgresql) as address:
        command = [node, str(HERE / "bluesky_network.mjs"), str(port), address]
        with running(command, folder / "log", port, {**os.environ, **around}):
            yield Bluesky(f"http://localhost:{port}")
