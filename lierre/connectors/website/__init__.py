"""The website of the institution, or anything that listens: what is published is told to it, signed."""

from lierre.connectors.website.network import Website

__all__ = ["Website"]
