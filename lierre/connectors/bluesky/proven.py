"""
The line to a server that wants a proof of each call (DPoP): ours are signed with the key of the session.

A server hands out a word to be said again in the next proof (a nonce), and changes it when it pleases. When it does, it
refuses the call before doing anything: said again with the new word, the call counts once.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from lierre.connectors.bluesky.proofs import proof
from lierre.connectors.http import NotReached, Reply, Slice
from lierre.connectors.network.line import Line

HEADER: Final = "dpop-nonce"
WANTED: Final = "use_dpop_nonce"
FRESH: Final = 45.0  # seconds: servers change it every minute or so
LIGHT: Final = 100_000  # bytes: what is heavier is not sent to be refused
MOST_SERVERS: Final = 1_000


class Nonces:
    """The last word of each server. A guess: when it is wrong, a call is made twice."""

    def __init__(self) -> None:
        self.heard: dict[str, tuple[float, str]] = {}

    def of(self, url: str) -> str:
        return self.heard.get(place(url), (0.0, ""))[1]

    def is_fresh(self, url: str) -> bool:
        at, word = self.heard.get(place(url), (0.0, ""))
        return bool(word) and time.monotonic() - at < FRESH

    def hear(self, url: str, headers: Mapping[str, str]) -> bool:
        """Whether another word than the last one was heard."""
        word = headers.get(HEADER, "")
        if not word:
            return False
        is_news = self.of(url) != word
        if len(self.heard) >= MOST_SERVERS:
            self.heard.clear()
        self.heard[place(url)] = (time.monotonic(), word)
        return is_news


NONCES: Final = Nonces()


@dataclass(frozen=True, slots=True)
class ProvenLine(Line):
    """`token` "": we are not speaking for an account yet."""

    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    looks: str = ""  # a light address of the same server, asked first when something heavy is to leave

    def call(self, method: str, path: str, sent: dict[str, Any]) -> Reply:
        url = path if "://" in path else self.server.address.rstrip("/") + path
        if self.looks and is_heavy(sent) and not NONCES.is_fresh(url):
            self.said("GET", self.looks, {})
        reply = self.said(method, url, sent)
        return self.said(method, url, sent) if is_refused_for_its_nonce(reply) else reply

    def said(self, method: str, url: str, sent: dict[str, Any]) -> Reply:
        made = proof(self.key, method, url, nonce=NONCES.of(url), token=self.token)
        own = {"DPoP": made} | ({"Authorization": f"DPoP {self.token}"} if self.token else {})
        try:
            reply = Line.call(self, method, url, {**sent, "headers": {**(sent.get("headers") or {}), **own}})
        except NotReached as failure:
            if isinstance(failure.reply, Reply):
                NONCES.hear(url, failure.reply.headers)
            raise
        NONCES.hear(url, reply.headers)
        return reply


def is_refused_for_its_nonce(reply: Reply) -> bool:
    """
    >>> refused = Reply(400, {"dpop-nonce": "a"}, b'{"error": "use_dpop_nonce"}')
    >>> is_refused_for_its_nonce(refused), is_refused_for_its_nonce(Reply(200))
    (True, False)
    """
    if reply.status not in {400, 401} or HEADER not in reply.headers:
        return False
    return reply.facts.get("error") == WANTED or WANTED in reply.headers.get("www-authenticate", "")


def is_heavy(sent: Mapping[str, Any]) -> bool:
    match sent.get("content"):
        case Path() as path:
            return path.stat().st_size > LIGHT
        case Slice() as part:
            return part.length > LIGHT
    return False


def place(url: str) -> str:
    """
    >>> place("https://pds.example/xrpc/com.atproto.repo.putRecord?a=1")
    'https://pds.example'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
