"""
The line to the Graph, and what its refusals mean: by the numbers of its errors, never by its words.

« An unknown error occurred, please retry » (1, 2, is_transient) has been answered while publishing: seven copies were online
before somebody looked. To a message that leaves, it says nothing of what became of it.
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson
from django.conf import settings

from lierre.connectors.http import Reply
from lierre.connectors.network.account import Account
from lierre.connectors.network.line import Line, wait_of, words
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Duplicate,
    Gone,
    Held,
    Invalid,
    NetworkError,
    PolicyBlocked,
    RateLimited,
    RoleLost,
    ScopeMissing,
    UnknownOutcome,
    VersionGone,
)
from lierre.connectors.network.servers import address_of, server

CODE: Final = "facebook"
API: Final = "https://graph.facebook.com"
SITE: Final = "https://www.facebook.com"
TOKEN: Final = frozenset({102, 190})
RIGHTS: Final = frozenset({3, 10, *range(200, 300)})
RATE: Final = frozenset({4, 17, 32, 613, *range(80_000, 80_015)})
TRANSIENT: Final = frozenset({1, 2})
TRANSIENT_SUB: Final = frozenset({1_363_047, 1_609_010})
POLICY_SUB: Final = frozenset({1_390_008, 1_346_003, 1_404_078, 1_404_102, 1_404_006, 4_854_002})
CLOSED_VERSION: Final = frozenset({12, 2_635})
NOT_THERE_SUB: Final = 33
ROLE_SUB: Final = 492
DUPLICATE_PHOTOS: Final = 1_366_051
WAIT: Final = timedelta(minutes=15)


def line_of(account: Account) -> Line:
    return line(account.address)


def line(address: str = "") -> Line:
    root = server(CODE, address, API)
    version = str(settings.FACEBOOK_VERSION).strip("/")
    return Line(type(root)(f"{root.address}/{version}", root.allowed, root.resolve), {}, refusal)


def site(address: str = "") -> str:
    return address_of(CODE, address, SITE)


def key(account: Account) -> dict[str, str]:
    """The token as the Graph wants it, with the proof that it was not stolen when we know the secret of the application."""
    return key_of(account.credentials.token, account.credentials.kept.get("client_secret", ""))


def key_of(token: str, secret: str = "") -> dict[str, str]:
    proof = {"appsecret_proof": hmac.new(secret.encode(), token.encode(), sha256).hexdigest()} if secret else {}
    return {"access_token": token, **proof}


def refusal(reply: Reply) -> NetworkError | None:
    """An error may come with any status: its own number is read."""
    error = reply.facts.get("error")
    if not isinstance(error, Mapping):
        return None if reply.is_taken else other(reply)
    number, sub = whole(error.get("code")), whole(error.get("error_subcode"))
    code = f"{number}/{sub}" if sub else str(number)
    said = str(error.get("error_user_msg") or words(reply))
    if (number in TRANSIENT and not sub) or error.get("is_transient") is True or sub in TRANSIENT_SUB:
        return UnknownOutcome(code, said)
    return by_sub(sub, code, said) or by_number(number, code, said, reply)


def by_sub(sub: int, code: str, said: str) -> NetworkError | None:
    if sub == ROLE_SUB:
        return RoleLost(code, said)
    if sub in POLICY_SUB:
        return PolicyBlocked(code, said)
    if sub == DUPLICATE_PHOTOS:
        return Duplicate(code, said)
    return Gone(code, said) if sub == NOT_THERE_SUB else None


def by_number(number: int, code: str, said: str, reply: Reply) -> NetworkError:
    if number in TOKEN:
        return AuthorisationLost(code, said)
    if number in RIGHTS:
        return ScopeMissing(code, said)
    if number in RATE:
        return RateLimited(code, said, datetime.now(UTC) + (regained(reply) or wait_of(reply) or WAIT))
    if number in CLOSED_VERSION:
        return VersionGone(code, said)
    if number == 368:
        return PolicyBlocked(code, said)
    if number == 506:
        return Duplicate(code, said)
    if number == 803:
        return Gone(code, said)
    return Invalid(code, said)


def other(reply: Reply) -> NetworkError:
    """No error that we can read: somebody else answered, or something is very wrong."""
    code, said = str(reply.status), words(reply)
    match reply.status:
        case 404:
            return Gone(code, said)
        case 429:
            return RateLimited(code, said, datetime.now(UTC) + (wait_of(reply) or WAIT))
        case 413:
            return Invalid(code, said, "media")
    return Held(code, said)


def regained(reply: Reply) -> timedelta | None:
    """Minutes, in a header that holds JSON: the longest of those that are told."""
    try:
        told = orjson.loads(reply.headers.get("x-business-use-case-usage", ""))
    except orjson.JSONDecodeError:
        return None
    rows = [row for each in told.values() if isinstance(each, list) for row in each] if isinstance(told, dict) else []
    waits = [whole(row.get("estimated_time_to_regain_access")) for row in rows if isinstance(row, Mapping)]
    return timedelta(minutes=longest) if (longest := max(waits, default=0)) else None


def whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def moment(text: str) -> datetime | None:
    """
    >>> moment("2026-11-26T18:00:00+0000").hour, moment("")
    (18, None)
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
