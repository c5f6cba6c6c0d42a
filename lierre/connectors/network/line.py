"""
The line to one server of a network: what goes wrong on it is told in the words of refusals.py.

`ask` is for what may be asked twice without harm (reading, handing a file over): whatever fails, nothing was done.
`write` is for what becomes visible: when nobody can tell whether it was taken, the outcome is unknown. So is any 5xx: a
network that answers « try again later » may have published all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from lierre.connectors.http import NotReached, Reply, Server
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Held,
    NetworkError,
    NotSent,
    RateLimited,
    UnknownOutcome,
)

SOON: Final = timedelta(seconds=5)
# A refusal of the network, from what it replied; None when it took it.
Judge = Callable[[Reply], NetworkError | None]


@dataclass(frozen=True, slots=True)
class Line:
    """`judge` tells the refusals of this network apart; 5xx never come to it from `write`."""

    server: Server
    headers: dict[str, str]
    judge: Judge

    def ask(self, method: str, path: str, **sent: Any) -> Reply:
        """Raises NotSent, Held or Refusal; never UnknownOutcome."""
        try:
            reply = self.call(method, path, sent)
        except NotReached as failure:
            raise closed(failure) or NotSent(failure.code, failure.detail, later()) from failure
        if reply.status >= 500:
            raise NotSent(str(reply.status), words(reply), later(wait_of(reply)))
        if refusal := self.judge(reply):
            # « Something went wrong, try again »: true of a reading.
            raise NotSent(refusal.code, refusal.said, later()) if isinstance(refusal, UnknownOutcome) else refusal
        return reply

    def write(self, method: str, path: str, **sent: Any) -> Reply:
        """Raises UnknownOutcome when it may have been taken."""
        try:
            reply = self.call(method, path, sent)
        except NotReached as failure:
            if failure.heard and isinstance(failure.reply, Reply) and failure.reply.is_taken:
                return failure.reply  # cut while it told the rest: its headers say that it was taken
            if failure.heard:
                raise UnknownOutcome(failure.code, failure.detail) from failure
            raise closed(failure) or NotSent(failure.code, failure.detail, later()) from failure
        if reply.status >= 500:
            raise UnknownOutcome(str(reply.status), words(reply))
        if refusal := self.judge(reply):
            raise refusal
        return reply

    def call(self, method: str, path: str, sent: dict[str, Any]) -> Reply:
        return self.server.call(method, path, **{**sent, "headers": self.headers | (sent.get("headers") or {})})


def closed(failure: NotReached) -> Held | None:
    """An address that may not be called at all: nothing to try again, somebody must set it right."""
    if failure.code in {"address", "secret", "plain", "port", "inside"}:
        return Held(failure.code, failure.detail)
    return None


def closed_for_good(refusal: AuthorisationLost, look: Callable[[], object]) -> NetworkError:
    """A door that is said to be closed is tried once more before a person is asked: networks have hiccups, too."""
    try:
        look()
    except NotSent as failure:
        return failure
    except NetworkError:
        return refusal
    return NotSent(refusal.code, refusal.said, later())


def later(wait: timedelta | None = None) -> datetime:
    return datetime.now(UTC) + (SOON if wait is None else wait)


def wait_of(reply: Reply) -> timedelta | None:
    """
    What the server says of when to come back, in either of the two ways.

    >>> wait_of(Reply(429, {"retry-after": "60"})), wait_of(Reply(429))
    (datetime.timedelta(seconds=60), None)
    """
    said = reply.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return timedelta(seconds=min(int(said), 86_400))
    try:
        return max(parsedate_to_datetime(said) - datetime.now(UTC), timedelta())
    except (ValueError, TypeError):
        return None


def behind(reply: Reply) -> timedelta:
    """
    By how much the clock over there is late on ours, when it says what time it is: what it dates is dated so.

    >>> behind(Reply(200, {"date": "Thu, 26 Nov 1925 18:00:00 GMT"})) > timedelta(days=36_000), behind(Reply(200))
    (True, datetime.timedelta(0))
    """
    try:
        return max(datetime.now(UTC) - parsedate_to_datetime(reply.headers.get("date", "")), timedelta())
    except (ValueError, TypeError):
        return timedelta()


def throttled(reply: Reply, reset: datetime | None = None, usual: timedelta = timedelta(seconds=15)) -> RateLimited:
    """429: nothing was taken. `reset`: what the network says in a way of its own."""
    wait = wait_of(reply)
    until = later(wait) if wait is not None else reset
    return RateLimited("429", words(reply), until or later(usual))


def words(reply: Reply) -> str:
    """What it said, for the log of attempts: the sentence of its JSON, else its beginning."""
    told = reply.facts
    error = told.get("error")
    for each in (told.get("message"), told.get("error_description"), error):
        if isinstance(each, str) and each:
            return each
    if isinstance(error, dict) and isinstance(error.get("message"), str):
        return str(error["message"])
    return reply.content[:200].decode("utf-8", "replace")
