"""A real server that speaks as Mastodon (snac), with its people; it keeps no key and tells its version."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest

from tests.networks.program import free_port, running

USUAL = Path(sys.prefix, "networks/snac/package/usr/bin/snac")
BACK = "http://localhost:8000/retour"


@dataclass
class Mastodon:
    """`people`: name → password. `tokens` are had by signing in, as a person would."""

    url: str
    people: dict[str, str]
    tokens: dict[str, str] = field(default_factory=dict)

    def http(self) -> httpx.Client:
        # It closes the connections that wait: none is kept.
        return httpx.Client(base_url=self.url, timeout=20, limits=httpx.Limits(max_keepalive_connections=0))

    def token(self, name: str) -> str:
        if name not in self.tokens:
            with self.http() as http:
                app = http.post(
                    "/api/v1/apps", data={"client_name": "tests", "redirect_uris": BACK, "scopes": "read write follow"}
                ).json()
                code = self.consented(name, f"/oauth/authorize?client_id={app['client_id']}&redirect_uri={BACK}"
                                            "&response_type=code&scope=read+write+follow&state=xyz")  # fmt: skip
                grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
                ours = {key: app[key] for key in ("client_id", "client_secret")}
                self.tokens[name] = http.post("/oauth/token", data=grant | ours).json()["access_token"]
        return self.tokens[name]

    def consented(self, name: str, page: str, password: str | None = None) -> str:
        """The code that a person comes back with from the page of consent; empty when it is refused."""
        with self.http() as http:
            shown = http.get(page)
            hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.text)
            action = re.search(r'action="([^"]+)"', shown.text)
            assert action, shown.text[:300]
            form = {key: html.unescape(value) for key, value in hidden}
            form |= {"login": name, "passwd": self.people[name] if password is None else password}
            answer = http.post(urljoin(str(shown.url), html.unescape(action[1])), data=form)
            return str(parse_qs(urlsplit(answer.headers.get("location", "")).query).get("code", [""])[0])

    def asks(self, name: str, method: str, path: str, **sent: Any) -> Any:
        """What a person sees or does there, past Lierre."""
        with self.http() as http:
            answer = http.request(method, path, headers={"Authorization": f"Bearer {self.token(name)}"}, **sent)
            return answer.json() if answer.is_success else None

    def follow(self, name: str, handle: str) -> None:
        """What the other says from now on reaches them, some seconds later. Who was not looked for cannot be followed."""
        found = self.asks(name, "GET", "/api/v2/search", params={"q": f"{self.url}/{handle}", "resolve": "true"})
        assert self.asks(name, "POST", f"/api/v1/accounts/{found['accounts'][0]['id']}/follow")["following"]


def program() -> Path | None:
    """The server, when bin/networks has installed it."""
    found = Path(os.environ.get("LIERRE_TEST_SNAC") or USUAL)
    return found if found.exists() else None


@contextmanager
def served(program: Path, folder: Path) -> Iterator[Mastodon]:
    """With the account of the university (`ubn`) and that of a graduate (`amelie`)."""
    port, data = free_port(), folder / "data"
    # Address, port, host, prefix of paths, address of who administers.
    subprocess.run(
        [program, "init", data],
        input=f"127.0.0.1\n{port}\nlocalhost:{port}\n\n\n",
        text=True,
        check=True,
        capture_output=True,
    )
    configuration = data / "server.json"
    configuration.write_text(json.dumps(json.loads(configuration.read_text()) | {"protocol": "http"}))
    people = {}
    for name in ("ubn", "amelie"):
        told = subprocess.run(
            [program, "adduser", data, name], stdin=subprocess.DEVNULL, text=True, capture_output=True
        )
        found = re.search(r"password is (\S+)", told.stdout + told.stderr)
        assert found, told
        people[name] = found[1]
    with running([str(program), "httpd", str(data)], folder / "log", port, dict(os.environ)):
        yield Mastodon(f"http://localhost:{port}", people)


@pytest.fixture(scope="session")
def mastodon_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mastodon]:
    found = program()
    if found is None:
        pytest.skip("a server of Mastodon's kind is not here: bin/networks installs it")
    with served(found, tmp_path_factory.mktemp("mastodon")) as server:
        yield server


@pytest.fixture
def mastodon_token(mastodon_server: Mastodon, settings: Any) -> str:
    settings.ALLOW_LOOPBACK = True
    return mastodon_server.token("ubn")


@pytest.fixture
def mastodon_account(mastodon_server: Mastodon, mastodon_token: str) -> Any:
    """The account of the university, connected by a token that was pasted."""
    from lierre.connectors.network import Key, network

    return network("mastodon").authorise(Key(mastodon_token, address=mastodon_server.url))[0]
