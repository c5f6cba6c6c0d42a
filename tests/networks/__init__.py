"""Real servers of networks, on this machine: what the connectors and the outbox are tried against. See bin/networks."""

from tests.networks.bluesky import Bluesky, bluesky_account, bluesky_server
from tests.networks.mastodon import Mastodon, mastodon_account, mastodon_server, mastodon_token

__all__ = [
    "Bluesky", "Mastodon", "bluesky_account", "bluesky_server", "mastodon_account", "mastodon_server", "mastodon_token",
]  # fmt: skip
