"""The line to one Mastodon server, and what its refusals mean."""

from contextlib import suppress
from datetime import UTC, datetime

from lierre.connectors.http import Reply
from lierre.connectors.network.account import Account
from lierre.connectors.network.line import Line, throttled, words
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Gone,
    Held,
    Invalid,
    NetworkError,
    PolicyBlocked,
    ScopeMissing,
)
from lierre.connectors.network.servers import server

CODE = "mastodon"


def line_of(account: Account) -> Line:
    return line(account.address, account.credentials.token)


def line(address: str, token: str = "") -> Line:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Line(server(CODE, address), headers, refusal)


def refusal(reply: Reply) -> NetworkError | None:
    """Told apart by the status; the words are only kept as evidence."""
    if reply.is_taken:
        return None
    code, said = str(reply.status), words(reply)
    match reply.status:
        case 401:
            return AuthorisationLost(code, said)
        case 403:
            # By the standard of OAuth, the header says so; older servers say it in their sentence only.
            challenge = reply.headers.get("www-authenticate", "")
            if "insufficient_scope" in challenge or "authorized scopes" in said:
                return ScopeMissing(code, said)
            return PolicyBlocked(code, said)
        case 404 | 410:
            return Gone(code, said)
        case 429:
            return throttled(reply, moment(reply.headers.get("x-ratelimit-reset", "")))
        case 413:
            return Invalid(code, said, "media")
        case 400 | 406 | 409 | 415 | 422:
            return Invalid(code, said)
    return Held(code, said)  # moved elsewhere, or something that is no Mastodon


def moment(text: str) -> datetime | None:
    """
    >>> moment("2026-11-26T18:00:00.000Z").hour, moment("soon")
    (18, None)
    """
    with suppress(ValueError, TypeError):
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
