"""
A network, seen from Lierre. Whoever implements this makes one more network (docs/connectors/ shows it whole).

How a part goes out, so that it is never online twice and never lost:

1. `measure` it against `limits` while it is written; whatever will not be sent is said then.
2. At the due time, `prepare`: files are handed over, everything that will be sent is frozen. Nobody sees anything yet.
   Doing it twice is harmless.
3. Keep the Prepared for good (commit). Note that an attempt begins (commit).
4. `publish`: one call that makes it visible, never two. A Receipt: it is online. NotSent: again at `retry_at`.
   Refusal: a person changes it. Held: a person reconnects. UnknownOutcome, a killed process, or any other exception:
5. `confirm`, until its verdict says what may be done (answers.Verdict). Nothing is published again before.

Implementations hold no state and no lock, keep nothing, open no transaction, and may be called from several threads. They
make their calls through connectors.http, with a time limit on each. Methods that a network has not raise NotSupported.

Changes since the first version: an Interaction tells what a message that answers it gives as `after` and `first`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from lierre.connectors.network.abilities import Capabilities, Limits, Measure
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.answers import (
    Attempts,
    Confirmation,
    Event,
    Interactions,
    Metric,
    Prepared,
    Receipt,
)
from lierre.connectors.network.message import Message


@runtime_checkable
class Network(Protocol):
    """One network. A class with these methods is one: no base class is needed."""

    # What it is

    @property
    def code(self) -> str:
        """For machines: "mastodon". Short, in lower case, for ever; a plain attribute will do."""
        ...

    @property
    def name(self) -> str:
        """For people: "Mastodon"."""
        ...

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        """Of this network; of one server, when the limits that it told are given. Calls nobody."""
        ...

    def usual_limits(self) -> Limits:
        """Before any account is connected. Calls nobody."""
        ...

    def limits(self, account: Account) -> Limits:
        """Asked of the server, with `fetched_at`. Where a network tells none, the usual ones. Keep them for a day."""
        ...

    def measure(self, message: Message, limits: Limits) -> Measure:
        """Calls nobody, reads no file but its size, and is fast: it is asked at each keystroke."""
        ...

    # Opening an account

    def application(self, address: str, back: str) -> Application:
        """
        Us at this server: registered there (Mastodon), or the one that the institution holds (settings). NotSupported when
        there is none, or none is needed.
        """
        ...

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        """
        The page over there where somebody consents, and comes back to `back` with `state` and a code. Where a network wants to
        be told beforehand what will be asked, it is told now: ask for it when somebody leaves, each time.
        """
        ...

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        """
        The accounts that it opens (one person may manage several pages), the one that was asked for first. Who it is, is
        asked of the network. AuthorisationLost when the code or the key is false, ScopeMissing when it opens too little.
        """
        ...

    def refresh(self, account: Account) -> Credentials:
        """
        New credentials; the former ones may be dead when this returns. Call it through `fresh.py`, which lets one process
        do it at a time. AuthorisationLost when a person must connect again.
        """
        ...

    def revoke(self, account: Account) -> None:
        """Close it over there too. Nothing happens when it is closed already."""
        ...

    def check(self, account: Account) -> Health:
        """Every day: whether it is still open, until when, and what is missing. Held when it is closed."""
        ...

    # Publishing

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        """
        Hand the files over, find who is mentioned, freeze everything. `at` is the moment it bears (its due time), the same
        at each call. With `before`, go on from there: what guards against a second one stays the same.
        """
        ...

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        """
        Make it visible: one call, once. `attempts` are those made before this one, None at first; with them a refusal that
        names our own message as a twin is its receipt.
        """
        ...

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        """Look for it. Only reads: it may be asked as often as wanted. A failure to read is NotSent or Held, no verdict."""
        ...

    def adopt(self, account: Account, link: str) -> Receipt:
        """The receipt of what somebody shows by its address. Invalid("link") when it is not an address of this account."""
        ...

    def delete(self, account: Account, receipt: Receipt) -> None:
        """Nothing happens when it is gone already."""
        ...

    # Hearing

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        """What happened since `cursor` ("": lately), within a bounded number of calls: ask again for the rest."""
        ...

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        """Figures of these messages and, in the same answer, of the account. What cannot be had has the value None."""
        ...

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        """What it tells, when it is signed. Forged when it is not. `body` as it came, to the byte."""
        ...
