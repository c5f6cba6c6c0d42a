"""An account that we may speak for, how it was opened to us, and in which health the opening is."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Credentials:
    """
    What opens an account. Secret as a whole: keep it encrypted, and never print it.

    `expires_at` None: it does not expire. `refresh` "" : it cannot be renewed, a person connects again before
    `expires_at`. `kept`: what the network needs besides (the identity of a session, our registration at a server).
    `reads_only`: figures may be read with it and nothing written: posts are published by hand.
    """

    token: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    refresh_expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)
    reads_only: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """
    `network`: its code. `id`: who it is there, for ever (a DID, a URN, a number). `handle`: as people write it.
    `address`: its server ("https://mastodon.example"), "" where a network has only one.
    """

    network: str
    id: str
    handle: str
    credentials: Credentials
    name: str = ""
    address: str = ""
    url: str = ""  # its public page


@dataclass(frozen=True, slots=True)
class Application:
    """
    Us, as a network knows us. At Mastodon we register at each server; elsewhere the institution holds it. `personal`: for the
    account of a person, who is asked for less.
    """

    id: str
    secret: str = field(default="", repr=False)
    address: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """
    What somebody comes back with after having consented over there. `back` is the address they came back to, `issuer` who
    says that it answers, where networks say it.
    """

    code: str = field(repr=False)
    back: str
    application: Application
    verifier: str = field(default="", repr=False)
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """
    What somebody pastes: an access token or, at Bluesky, an app password. `account` says whose, as the network writes it
    (at Bluesky it must: a handle); elsewhere a name that means nothing there chooses nothing.
    """

    secret: str = field(repr=False)
    account: str = ""
    address: str = ""
    application: Application | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """
    What a daily check finds when the account is opened. `expires_at`: when a person must act, None if never.
    `missing`: scopes or roles that we would need, and what for; `name`, `handle` and `url` as they are today.
    """

    name: str = ""
    handle: str = ""
    url: str = ""
    expires_at: datetime | None = None
    missing: tuple[str, ...] = ()
    server: str = ""


class Keeper(Protocol):
    """Where the credentials of one account are kept, by whoever calls a network (see fresh.py). We keep none."""

    def read(self) -> Credentials: ...

    def write(self, credentials: Credentials) -> None:
        """For good, before returning: the former ones may be dead already."""

    def alone(self) -> AbstractContextManager[None]:
        """Held by one process at a time for this account, and given back if it dies. Not a transaction."""
