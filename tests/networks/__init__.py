"""Real servers of networks, on this machine: what the connectors and the outbox are tried against. See bin/networks."""

from tests.networks.bluesky import Bluesky, bluesky_account, bluesky_server
from tests.networks.bluesky_network import Person, bluesky_network, eventually
from tests.networks.mastodon import Mastodon, mastodon_account, mastodon_server, mastodon_token

__all__ = [
    "Bluesky", "Mastodon", "Person", "bluesky_account", "bluesky_network", "bluesky_server", "eventually", "mastodon_account",
    "mastodon_server", "mastodon_token",
]  # fmt: skip
