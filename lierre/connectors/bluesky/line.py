"""The line to the server of one account (its PDS), and what its refusals mean. Each is an error with a name."""

from datetime import UTC, datetime
from typing import Final

from lierre.connectors.bluesky.proven import ProvenLine
from lierre.connectors.http import Reply
from lierre.connectors.network.account import Account
from lierre.connectors.network.line import Line, throttled, words
from lierre.connectors.network.refusals import (
    AuthorisationExpired,
    AuthorisationLost,
    Gone,
    Held,
    Invalid,
    MediaLost,
    NetworkError,
    ScopeMissing,
)
from lierre.connectors.network.servers import guarded, server

CODE: Final = "bluesky"
EVERYBODY: Final = "https://bsky.social"
LOOKS: Final = "/xrpc/com.atproto.server.getSession"
TOKENS: Final = frozenset({"ExpiredToken", "InvalidToken"})  # 400 on some servers, 401 on others
CLOSED: Final = frozenset(
    {
        "AccountTakedown",
        "AccountDeactivated",
        "RepoTakendown",
        "RepoDeactivated",
        "RepoNotFound",
        "AuthFactorTokenRequired",
    }
)
FILES: Final = frozenset({"BlobTooLarge", "InvalidMimeType", "PayloadTooLarge"})


class InvalidSwap(Invalid):
    """There is something already at the place that we chose."""


NAMED: Final[dict[str, type[NetworkError]]] = {
    **dict.fromkeys(TOKENS, AuthorisationExpired),
    **dict.fromkeys(CLOSED, AuthorisationLost),
    "InvalidSwap": InvalidSwap,
    "BlobNotFound": MediaLost,
    "RecordNotFound": Gone,
}


def line_of(account: Account) -> Line:
    where, held = server(CODE, account.address, EVERYBODY), account.credentials
    if key := held.kept.get("key"):
        return ProvenLine(where, {}, refusal, key, held.token, LOOKS)
    return Line(where, {"Authorization": f"Bearer {held.token}"}, refusal)


def line(address: str, token: str = "") -> Line:
    return Line(server(CODE, address, EVERYBODY), {"Authorization": f"Bearer {token}"} if token else {}, refusal)


def elsewhere(address: str) -> Line:
    """A server that is not that of an account: a directory of identities."""
    return Line(guarded(address), {}, refusal)


def refusal(reply: Reply) -> NetworkError | None:
    if reply.is_taken:
        return None
    code, said = str(reply.facts.get("error", reply.status)), words(reply)
    if named := NAMED.get(code):
        return named(code, said)
    if code in FILES or reply.status == 413:
        return Invalid(code, said, "media")
    match reply.status:
        case 401:
            return AuthorisationExpired(code, said)  # renewing tells whether it is lost
        case 403:
            return ScopeMissing(code, said)
        case 404:
            return Gone(code, said)
        case 429:
            return throttled(reply, moment(reply.headers.get("ratelimit-reset", "")))
        case 400:
            return Invalid(code, said)
    return Held(code, said)


def moment(seconds: str) -> datetime | None:
    """
    >>> moment("1795716000").year, moment("")
    (2026, None)
    """
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() and len(seconds) < 12 else None
