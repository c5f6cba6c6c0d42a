"""
One door to LinkedIn's member data portability API: the pinned version, the token, and its refusals as ours.

The version is pinned: these addresses know 202312 only, and answer 426 to any other. No header tells how much may still
be asked; a refusal for having asked too often is over at midnight UTC at the latest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

API: Final = "https://api.linkedin.com"
VERSION: Final = "202312"
TIMEOUT: Final = httpx.Timeout(20.0, connect=5.0)
LARGEST: Final = 8_000_000
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class LinkedInRefusal(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """`code` is LinkedIn's own word; `said` its sentence, for whoever looks after the machine."""

    def __init__(self, code: str = "", said: str = "") -> None:
        self.code, self.said = code, said
        super().__init__(f"{code} {said}".strip())


class Expired(LinkedInRefusal):
    """The token is false, or lived its sixty days."""


class NotAllowed(LinkedInRefusal):
    """The token is good for something else, or the member took their consent back."""


class NoData(LinkedInRefusal):
    """404: this domain is empty, or not gathered yet. It never says that what we hold should go."""


class Throttled(LinkedInRefusal):
    """Asked too often; `until` when it may be asked again."""

    def __init__(self, until: datetime, said: str = "") -> None:
        self.until = until
        super().__init__("429", said)


class Unreachable(LinkedInRefusal):
    """Nobody answered, or not in a language we know."""


@dataclass(frozen=True, slots=True)
class Door:
    """
    `address` is LinkedIn's, or a simulator on this very machine: a token is a key, and goes nowhere else.

    >>> Door("secret", "http://elsewhere.example")
    Traceback (most recent call last):
    ValueError: http://elsewhere.example is neither LinkedIn nor this machine
    """

    token: str
    address: str = API

    def __post_init__(self) -> None:
        host = urlsplit(self.address).hostname or ""
        if self.address != API and host not in LOOPBACK:
            raise ValueError(f"{self.address} is neither LinkedIn nor this machine")

    def __repr__(self) -> str:
        return f"Door({self.address})"

    def get(self, path: str, query: Mapping[str, str | int]) -> dict[str, Any]:
        """The answer, as JSON. Raises one of the refusals above."""
        headers = {
            "Authorization": f"Bearer {self.token}", "Linkedin-Version": VERSION, "X-Restli-Protocol-Version": "2.0.0",
        }  # fmt: skip
        try:
            with httpx.Client(
                base_url=self.address, timeout=TIMEOUT, follow_redirects=False, trust_env=False
            ) as client:
                response = client.get(path, params=dict(query), headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeEncodeError) as error:
            raise Unreachable(type(error).__name__) from error
        if response.status_code == httpx.codes.OK:
            return content(response)
        raise refusal(response)


def content(response: httpx.Response) -> dict[str, Any]:
    if len(response.content) > LARGEST:
        raise Unreachable("too_large")
    try:
        found = response.json()
    except ValueError as error:
        raise Unreachable("no_json") from error
    if not isinstance(found, dict):
        raise Unreachable("no_object")
    return found


def refusal(response: httpx.Response) -> LinkedInRefusal:
    """Told apart by the status alone: the bodies are not promised."""
    try:
        body = response.json()
    except ValueError:
        body = {}
    told = body if isinstance(body, dict) else {}
    code, said = str(told.get("code", response.status_code)), str(told.get("message", ""))[:300]
    match response.status_code:
        case 401:
            return Expired(code, said)
        case 403:
            return NotAllowed(code, said)
        case 404:
            return NoData(code, said)
        case 429:
            return Throttled(allowed_again(response.headers.get("Retry-After", ""), datetime.now(UTC)), said)
    return Unreachable(code, said)


def allowed_again(retry_after: str, now: datetime) -> datetime:
    """
    What the server says, when it says it, and the next midnight UTC at the latest.

    >>> evening = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)
    >>> allowed_again("60", evening).minute, allowed_again("", evening).day, allowed_again("999999", evening).day
    (1, 27, 27)
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return min(now + timedelta(seconds=int(retry_after)), midnight) if retry_after.isdecimal() else midnight
