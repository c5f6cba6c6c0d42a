"""The line to LinkedIn for publishing: its headers, its addresses, and what its refusals mean."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings

from lierre.connectors.http import Reply
from lierre.connectors.linkedin.client import allowed_again
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Receipt
from lierre.connectors.network.line import Line, words
from lierre.connectors.network.refusals import (
    AuthorisationExpired,
    AuthorisationLost,
    Duplicate,
    Gone,
    Held,
    Invalid,
    MediaNotReady,
    NetworkError,
    RateLimited,
    ScopeMissing,
    VersionGone,
)
from lierre.connectors.network.servers import address_of, server

CODE: Final = "linkedin"
API: Final = "https://api.linkedin.com"
SITE: Final = "https://www.linkedin.com"
EXPIRED: Final = 65602
# No header tells how much may still be asked: after a refusal that says nothing, it is tried once in a while.
PROBE: Final = timedelta(minutes=15)
FINDER: Final = {"X-RestLi-Method": "FINDER"}
POST_URN: Final = re.compile(r"urn:li:(?:share|ugcPost):\d+")
MOST_PAGES: Final = 20


def line_of(account: Account) -> Line:
    return line(account.credentials.token, account.address)


def line(token: str, address: str = "") -> Line:
    headers = {
        "Authorization": f"Bearer {token}", "Linkedin-Version": str(settings.LINKEDIN_VERSION),
        "X-Restli-Protocol-Version": "2.0.0",
    }  # fmt: skip
    return Line(server(CODE, address, API), headers, refusal)


def site(address: str = "") -> str:
    """The pages that people see, and the doors of OAuth: the same server when we were sent to another one."""
    return address_of(CODE, address, SITE)


def refusal(reply: Reply) -> NetworkError | None:
    if reply.is_taken:
        return None
    told = reply.facts
    code, said = str(told.get("code") or told.get("serviceErrorCode") or reply.status), words(reply)
    match reply.status:
        case 401:
            expired = told.get("serviceErrorCode") == EXPIRED
            return AuthorisationExpired(code, said) if expired else AuthorisationLost(code, said)
        case 403:
            return ScopeMissing(code, said)
        case 404:
            return Gone(code, said)
        case 426:
            return VersionGone(code, said)
        case 429:
            return RateLimited(code, said, retry_at(reply))
        case 400 | 409 | 413 | 414 | 422:
            return of_content({code, *details(told)}, code, said)
    return Held(code, said)


def of_content(codes: set[str], code: str, said: str) -> NetworkError:
    if "VERSION_MISSING" in codes:
        return VersionGone(code, said)
    if "MEDIA_ASSET_WAITING_UPLOAD" in codes:
        return MediaNotReady(code, said)
    if "MEDIA_ASSET_PROCESSING_FAILED" in codes:
        return Invalid(code, said, "media")
    if "DUPLICATE_POST" in codes:
        return Duplicate(code, said, twin(said))
    return Invalid(code, said)


def details(told: dict[str, Any]) -> Iterable[str]:
    """Codes stand in several places, by versions."""
    held = told.get("errorDetails")
    errors = held.get("inputErrors") if isinstance(held, dict) else None
    yield str(told.get("errorDetailType", ""))
    for each in errors or ():
        if isinstance(each, dict):
            yield str(each.get("code", ""))


def twin(said: str) -> Receipt | None:
    """
    >>> twin("Content is a duplicate of urn:li:share:7100000000000000001").id
    'urn:li:share:7100000000000000001'
    """
    found = POST_URN.search(said)
    return Receipt(found[0], permalink(found[0]), adopted=True) if found else None


def permalink(urn: str, address: str = "") -> str:
    return f"{site(address)}/feed/update/{urn}/"


def retry_at(reply: Reply) -> datetime:
    now = datetime.now(UTC)
    told = reply.headers.get("retry-after", "")
    return allowed_again(told, now) if told.isdecimal() else min(now + PROBE, allowed_again("", now))


def elements(line: Line, path: str, asked: str) -> Iterator[list[dict[str, Any]]]:
    """Page after page, until one is not full by what it says of itself; each as a list."""
    start = 0
    for _page in range(MOST_PAGES):
        told = line.ask("GET", path, query=f"{asked}&start={start}" if start else asked, headers=FINDER).facts
        rows = [each for each in told.get("elements") or () if isinstance(each, dict)]
        yield rows
        count = (told.get("paging") or {}).get("count")
        if not rows or not isinstance(count, int) or len(rows) < count:
            return
        start += len(rows)


def encoded(urn: str) -> str:
    """
    >>> encoded("urn:li:share:1")
    'urn%3Ali%3Ashare%3A1'
    """
    return quote(urn, safe="")


def listed(urns: Iterable[str]) -> str:
    """
    The structure of Rest.li is not encoded, what it holds is.

    >>> listed(["urn:li:share:1", "urn:li:share:2"])
    'List(urn%3Ali%3Ashare%3A1,urn%3Ali%3Ashare%3A2)'
    """
    return f"List({','.join(encoded(urn) for urn in urns)})"
