"""HTTP out, guarded: where an address leads is looked at before it is called, and cannot change in between."""

from lierre.connectors.http.calling import Answer, NotReached, Receiver
from lierre.connectors.http.places import Forbidden, Place, place_of

__all__ = ["Answer", "Forbidden", "NotReached", "Place", "Receiver", "place_of"]
