"""A simulator of Facebook on this machine, and the page that Lierre holds there."""

from collections.abc import Iterator

import pytest

from lierre.connectors.network import Key, network
from simulators.facebook import Facebook
from simulators.serving import living


@pytest.fixture
def server(settings) -> Iterator[Facebook]:
    settings.ALLOW_LOOPBACK = True
    simulator = Facebook()
    with living(simulator):
        settings.FACEBOOK_BASE_URL = simulator.address
        yield simulator


@pytest.fixture
def ubn(server):
    return network("facebook").authorise(Key(server.token))[0]
