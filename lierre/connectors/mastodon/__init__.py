"""Mastodon, and any server that speaks its interface: what it is and how much it takes is asked of each of them."""

from lierre.connectors.mastodon.network import Mastodon

__all__ = ["Mastodon"]
