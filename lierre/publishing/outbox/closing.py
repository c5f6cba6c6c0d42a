"""The keys of an account are given back to its network: they open nothing any more, there either."""

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account
from lierre.publishing.outbox.speaking import network_of, speaker


def close_over_there(account: Account) -> bool:
    """False when the network has no such thing, or could not be asked: whoever gave the keys takes them back there."""
    if not account.is_connected:
        return False
    try:
        network_of(account).revoke(speaker(account))
    except (net.NetworkError, Refused):
        return False
    return True
