"""HTTP out, guarded: where an address leads is looked at before it is called, and cannot change in between."""

from lierre.connectors.http.calling import Answer, NotReached, Receiver
from lierre.connectors.http.places import Forbidden, Place, place_of
from lierre.connectors.http.visiting import LOOPBACK, Reply, Server, Slice

__all__ = [
    "LOOPBACK", "Answer", "Forbidden", "NotReached", "Place", "Receiver", "Reply", "Server", "Slice", "place_of",
]  # fmt: skip
