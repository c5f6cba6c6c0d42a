"""Real servers of networks, with somebody between them and us who cuts, delays and lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from simulators.between import Between
from simulators.faults import Drawn
from simulators.serving import living
from tests.networks import bluesky, mastodon

REAL: Final = {"snac": "mastodon", "pds": "bluesky"}
LAG: Final = 20.0


@contextmanager
def between(network: str, folder: Path) -> Iterator[tuple[Between, str, str]]:
    """Whoever stands between, the name of the account, and what opens it."""
    place = folder / network
    place.mkdir()
    with (snac if network == "snac" else pds)(place) as (stands, name, secret), living(stands):
        yield stands, name, secret


@contextmanager
def snac(folder: Path) -> Iterator[tuple[Between, str, str]]:
    """It keeps no key, and its list is made late."""
    program = mastodon.program()
    if program is None:
        raise SystemExit("snac is not here: bin/networks installs it")
    with mastodon.served(program, folder) as server:
        mine = server.asks("ubn", "GET", "/api/v1/accounts/verify_credentials")["id"]
        stands = Between(server.url, "/api/v1/statuses", Drawn(share=0.0), lag=LAG)
        path = f"/api/v1/accounts/{mine}/statuses"
        stands.shown = lambda: [
            {"id": row["id"], "text": row["text"]} for row in server.asks("ubn", "GET", path, params={"limit": 100_000})
        ]
        yield stands, "ubn", server.token("ubn")


@contextmanager
def pds(folder: Path) -> Iterator[tuple[Between, str, str]]:
    program = bluesky.program()
    if program is None:
        raise SystemExit("a server of Bluesky is not here: bin/networks installs it")
    with bluesky.served(program, folder) as server:
        handle, password = server.account()
        session = {"identifier": handle, "password": password}
        did = server.asks("com.atproto.server.createSession", json=session).json()["did"]
        stands = Between(server.url, "/xrpc/com.atproto.repo.putRecord", Drawn(share=0.0))
        stands.shown = lambda: [{"id": row["uri"], "text": row["value"]["text"]} for row in server.posts(did)]
        yield stands, handle, password
