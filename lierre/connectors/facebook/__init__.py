"""Pages of Facebook, by the Graph. It has no guard at all against a second one: what nobody confirmed is read back, or asked."""

from lierre.connectors.facebook.network import Facebook

__all__ = ["Facebook"]
