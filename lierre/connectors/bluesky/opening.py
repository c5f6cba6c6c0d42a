"""
How an account is opened: by consent (consent.py), or with an app password: a session, whose two tokens are renewed one
after the other.

Opening a session is rationed (30 in five minutes, 300 a day): it is opened once, then renewed. The token that renews
serves once, so it is renewed by one process at a time (network/fresh.py). Were its answer lost, the app password, kept
with the rest, opens another session: nobody has to connect the account again.
"""

from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from lierre.connectors.bluesky import consent
from lierre.connectors.bluesky.identity import endpoint, server_of
from lierre.connectors.bluesky.line import CODE, line
from lierre.connectors.network.account import Account, Code, Credentials, Key
from lierre.connectors.network.refusals import AuthorisationLost, Gone, Held, Invalid
from lierre.connectors.network.servers import address_of

SESSION: Final = "/xrpc/com.atproto.server."
SITE: Final = "https://bsky.app"


def opened(grant: Code | Key) -> Account:
    if isinstance(grant, Code):
        return consent.opened(grant)
    handle = grant.account.strip().lstrip("@")
    address = address_of(CODE, grant.address) or server_of(handle)
    told = session(address, handle, grant.secret)
    did = str(told["did"])
    # Where the account lives is what its own document says, unless we were sent somewhere.
    home = address if address_of(CODE, grant.address) else endpoint(told.get("didDoc")) or address
    name = str(told.get("handle") or handle)
    return Account(CODE, did, name, credentials(told, grant.secret), name, home, f"{SITE}/profile/{did}")


def session(address: str, identifier: str, password: str) -> dict[str, Any]:
    """Raises AuthorisationLost when it is refused."""
    try:
        reply = line(address).ask(
            "POST", f"{SESSION}createSession", json={"identifier": identifier, "password": password}
        )
    except (Invalid, Gone) as refusal:
        raise AuthorisationLost(refusal.code, refusal.said) from refusal
    return whole(reply.facts)


def renewed(account: Account) -> Credentials:
    if consent.is_of(account):
        return consent.renewed(account)
    kept = account.credentials.kept.get("password", "")
    try:
        told = line(account.address, account.credentials.refresh).ask("POST", f"{SESSION}refreshSession").facts
    except (Held, Invalid):
        if not kept:
            raise
        told = session(account.address, account.id, kept)
    return credentials(whole(told), kept)


def closed(account: Account) -> None:
    if consent.is_of(account):
        consent.closed(account)
        return
    try:
        line(account.address, account.credentials.refresh).ask("POST", f"{SESSION}deleteSession")
    except (Held, Invalid):
        return  # closed already


def whole(told: dict[str, Any]) -> dict[str, Any]:
    if not (told.get("accessJwt") and told.get("refreshJwt") and told.get("did")):
        raise AuthorisationLost("no_session")
    return told


def credentials(told: Mapping[str, Any], password: str) -> Credentials:
    access, again = str(told["accessJwt"]), str(told["refreshJwt"])
    # With its password kept, another session can always be opened: nobody has to connect again by a given day.
    last = None if password else ends_at(again)
    return Credentials(access, again, ends_at(access), last, kept={"password": password})


def ends_at(token: str) -> datetime | None:
    """What is written in the token itself; None when it cannot be read."""
    try:
        middle = token.split(".")[1]
        ends = orjson.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))["exp"]
        return datetime.fromtimestamp(ends, UTC)
    except (IndexError, KeyError, TypeError, Error, ValueError, OverflowError):
        return None
