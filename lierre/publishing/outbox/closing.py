"""The keys of an account are given back to its network: they open nothing any more, there either."""

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.speaking import network_of, speaker


def close_over_there(account: Voice) -> bool:
    """False when the network has no such thing, or could not be asked: whoever gave the keys takes them back there."""
    if not account.is_connected:
        return False
    try:
        network_of(account, to_read=True).revoke(speaker(account, to_read=True))
    except (net.NetworkError, Refused):
        return False
    return True
