"""
Where a network is: at its usual address, at the one its account names, or at another server that this instance is told.

LIERRE_<NETWORK>_BASE_URL sends every call of a network to another server (a simulator, a rehearsal): a copy of an instance
set so never speaks to the world. Only an account that names a server of this very machine keeps its own.
This machine is called only with LIERRE_ALLOW_LOOPBACK=1.
"""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from lierre.connectors.http import LOOPBACK, Server

NAMED: Final = {
    "mastodon": "MASTODON_BASE_URL",
    "bluesky": "BLUESKY_BASE_URL",
    "linkedin": "LINKEDIN_BASE_URL",
    "facebook": "FACEBOOK_BASE_URL",
}


def server(network: str, address: str, usual: str = "") -> Server:
    """`address`: of the account, may be empty. `usual`: where this network is for everybody."""
    return guarded(address_of(network, address, usual))


def guarded(address: str) -> Server:
    """A server that may be called: public and encrypted, or of this machine when that is allowed."""
    return Server(address, LOOPBACK if getattr(settings, "ALLOW_LOOPBACK", False) else ())


def address_of(network: str, address: str, usual: str = "") -> str:
    told = str(getattr(settings, NAMED.get(network, ""), "") or "") if network in NAMED else ""
    if address and is_of_this_machine(address):
        return address.rstrip("/")
    return (told or address or usual).rstrip("/")


def is_of_this_machine(address: str) -> bool:
    """
    >>> [is_of_this_machine(each) for each in ("http://localhost:8080", "http://127.0.0.2/", "https://mastodon.example")]
    [True, True, False]
    """
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
