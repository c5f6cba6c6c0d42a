"""What is published, for readers of feeds: Atom and RSS, from plain dataclasses. They call nobody."""

from lierre.connectors.feeds.atom import atom
from lierre.connectors.feeds.entry import Entry, Feed
from lierre.connectors.feeds.rss import rss

__all__ = ["Entry", "Feed", "atom", "rss"]
