"""A network of this machine that answers as Mastodon does, and an account there, for the tests of the domain."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from lierre.connectors.network import networks
from lierre.publishing.models import Account, Post
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.tests.faithful.server import Answering, Server, World


@pytest.fixture
def world(settings: Any) -> Iterator[World]:
    """What is really online, and what goes wrong."""
    settings.ALLOW_LOOPBACK = True
    networks.cache_clear()  # what is known of a server is kept, and another one may have its port
    made = World()
    handler = type("Here", (Answering,), {"world": made})
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def univ(db: None, world: World) -> Account:
    """The account of the university, connected."""
    return connect("mastodon", "univ", "token-univ", address=world.address, by="the tests")


@pytest.fixture
def bluesky(db: None, world: World) -> Account:
    return connect("bluesky", "univ.test", "app-password", address=world.address, by="the tests")


@pytest.fixture
def by_hand(db: None) -> Account:
    """An account that nothing is connected to: somebody publishes there."""
    address = "https://www.linkedin.com/school/ubn/"
    return Account.objects.create(name="linkedin", network="linkedin", label="UBN", address=address)


def approved(text: str | list[str], *accounts: Account, **fields: Any) -> Post:
    post = Post.write([text] if isinstance(text, str) else text, accounts, by="the tests", **fields)
    post.approve(by="the tests")
    return post
