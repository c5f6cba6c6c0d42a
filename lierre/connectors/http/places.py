"""Where an address leads: its host is resolved once, each number it has is judged, and one of them is kept."""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

Number = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 500
# Numbers that carry another one inside: whoever owns the gate goes where the inner number leads.
NAT64: Final = ip_network("64:ff9b::/96")


class Forbidden(Exception):  # noqa: N818 - an answer, not an accident
    """
    `code` says why: "address" (not one of http), "secret" (carries a name or a password), "plain" (not encrypted),
    "port", "nowhere" (no such host), "inside" (leads into a private network).
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Place:
    """An address, and the number that will be called: whatever the name answers later changes nothing."""

    url: str
    host: str
    port: int
    number: Number
    others: tuple[Number, ...] = ()  # judged too: dialled when the first one does not answer

    @property
    def authority(self) -> str:
        """As the header `Host` spells it."""
        parts = urlsplit(self.url)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[parts.scheme] else f"{host}:{self.port}"

    @property
    def pinned(self) -> str:
        """The same address with the number in place of the name."""
        return self.pinned_to(self.number)

    def pinned_to(self, number: Number) -> str:
        host = f"[{number}]" if number.version == 6 else str(number)
        return urlsplit(self.url)._replace(netloc=f"{host}:{self.port}", fragment="").geturl()


def resolved(host: str, port: int) -> list[str]:
    """Every number that a name has today."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def place_of(url: str, allowed: Iterable[str] = (), resolve: Resolve = resolved, longest: int = LONGEST) -> Place:
    """
    Raises Forbidden. `allowed`: networks of the institution that may be called nevertheless, without TLS too.

    One private number among several is enough to refuse: a name that answers both is not to be trusted.
    """
    host, port, scheme = read(url, longest)
    inside = [ip_network(network) for network in allowed]
    try:
        numbers = [ip_address(number.partition("%")[0]) for number in resolve(host, port)]
    except (OSError, ValueError, UnicodeError):
        raise Forbidden("nowhere") from None
    if not numbers:
        raise Forbidden("nowhere")
    known = all(any(is_in(number, network) for network in inside) for number in numbers)
    if not known and not all(is_public(number) for number in numbers):
        raise Forbidden("inside")
    if not known and scheme != "https":
        raise Forbidden("plain")
    if not known and port != PORTS["https"] and port < 1024:
        raise Forbidden("port")
    return Place(url, host, port, numbers[0], tuple(numbers[1:]))


def read(url: str, longest: int = LONGEST) -> tuple[str, int, str]:
    """
    Host, port, scheme.

    >>> read("https://Exemple.example/crochets?de=lierre")
    ('exemple.example', 443, 'https')
    """
    if len(url) > longest or any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in url):
        raise Forbidden("address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Forbidden("address") from None
    if parts.scheme not in PORTS or not host:
        raise Forbidden("address")
    if parts.username is not None or parts.password is not None:
        raise Forbidden("secret")
    return host, PORTS[parts.scheme] if port is None else port, parts.scheme


def is_in(number: Number, network: Network) -> bool:
    return number.version == network.version and number in network


def is_public(number: Number) -> bool:
    """
    Whether it belongs to the open network, and to no one's inside.

    >>> [is_public(ip_address(text)) for text in ("93.184.216.34", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if inner is None and number in NAT64:
            inner = IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if number.is_site_local:
            return False
    return number.is_global and not (number.is_multicast or number.is_reserved or number.is_unspecified)
