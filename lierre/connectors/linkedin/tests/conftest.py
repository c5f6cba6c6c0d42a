"""A simulator of LinkedIn that is really there, and the accounts that it opens."""

from collections.abc import Iterator

import pytest

from lierre.connectors.network import Key, network
from simulators.linkedin import PERSON, LinkedIn
from simulators.serving import living

linkedin = network("linkedin")


@pytest.fixture
def server(settings) -> Iterator[LinkedIn]:
    settings.ALLOW_LOOPBACK = True
    simulator = LinkedIn()
    with living(simulator):
        settings.LINKEDIN_BASE_URL = simulator.address
        yield simulator


@pytest.fixture
def ubn(server):
    return linkedin.authorise(Key(server.token))[0]


@pytest.fixture
def person(server):
    return linkedin.authorise(Key(server.token, PERSON))[0]
