"""
The website as a network: each part is posted to one address, signed as the Standard Webhooks specification writes it.

    POST (the address)   webhook-id: the key of the part, the same each time it is told again
    {"type": "post.published", "timestamp": …, "data": {"id", "text", "language", "link", "media", "part", "parts", "after"}}

The receiver answers 2xx once it holds it, with {"url": …} if it has a page; 410 when it wants nothing any more. It must take
a second message of one `webhook-id` for the first: that is the guard, so what nobody answered is told again.
DELETE is {"type": "post.deleted"} to the same address.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from lierre.connectors.http import LOOPBACK, Reply, Server
from lierre.connectors.http.signing import headers, is_signed
from lierre.connectors.network import measuring
from lierre.connectors.network.abilities import Capabilities, Count, Guard, Limits, Measure, Parts, Remark, Way
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.answers import (
    Attempts,
    Confirmation,
    Event,
    Interactions,
    Metric,
    Prepared,
    Receipt,
    Verdict,
)
from lierre.connectors.network.line import Line, throttled, words
from lierre.connectors.network.message import Kind, Media, Message, Visibility
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Forged,
    Gone,
    Held,
    Invalid,
    NetworkError,
    NotSupported,
)
from lierre.connectors.network.text import graphemes
from lierre.connectors.network.understanding import understood

CODE: Final = "website"
ABLE: Final = Capabilities(
    Parts.THREAD, frozenset(Kind), frozenset({Visibility.PUBLIC}), Guard.KEY, None, frozenset({Way.KEY}), has_warnings=True,
    tells_by_webhook=True,
)  # fmt: skip


@understood
class Website:
    """See network/protocol.py. `Account.address` is where it is told, its token the secret of the signature."""

    code = CODE

    @property
    def name(self) -> str:
        return _("Website")

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return Limits()

    def limits(self, account: Account) -> Limits:
        return Limits()

    def measure(self, message: Message, limits: Limits) -> Measure:
        count = Count("characters", graphemes(message.text), limits.text)
        refused = tuple(measuring.refused(message, limits, ABLE))
        return Measure((count,), refused, (*measuring.lost(message, ABLE, card=True), *map(told_of, message.media)))

    def application(self, address: str, back: str) -> Application:
        raise NotSupported("application")

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        raise NotSupported("code")

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        """It is told that it is being connected: whoever does not hold the same secret does not answer 2xx."""
        if isinstance(grant, Code):
            raise NotSupported("code")
        host = urlsplit(grant.address).hostname or ""
        account = Account(CODE, grant.address, grant.account or host, Credentials(grant.secret), host, grant.address)
        self.check(account)
        return [account]

    def refresh(self, account: Account) -> Credentials:
        return account.credentials

    def revoke(self, account: Account) -> None:
        """Nothing is held over there."""

    def check(self, account: Account) -> Health:
        tell(account, "check", envelope("account.checked", {}), harmless=True)
        return Health(account.name, account.handle, account.url)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        link = message.link
        told = {
            "id": message.key, "text": message.text, "language": message.language, "warning": message.warning,
            "title": message.title,
            "link": {"url": link.url, "title": link.title, "description": link.description} if link else None,
            "media": [described(each) for each in message.media], "part": message.part, "parts": message.parts,
            "after": message.after.id if message.after else None,
        }  # fmt: skip
        payload = envelope("post.published", told, at)
        return Prepared(CODE, message.key, payload, message.text, at)

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        reply = tell(account, prepared.key, dict(prepared.payload))
        link = str(reply.facts.get("url") or "")
        return Receipt(prepared.key, link if link.startswith("https://") else "", datetime.now(UTC))

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        return Confirmation(Verdict.AGAIN, why="told again under the same identifier, it is one")

    def adopt(self, account: Account, link: str) -> Receipt:
        url = link.strip()
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Invalid("not_an_address", url, "link")
        return Receipt(url, url, adopted=True)

    def delete(self, account: Account, receipt: Receipt) -> None:
        try:
            tell(account, f"delete-{receipt.id}", envelope("post.deleted", {"id": receipt.id}), harmless=True)
        except Gone:
            return

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return Interactions((), cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return []

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        """The site may tell us of what happens there, signed in the same way."""
        if not is_signed(secret, headers, body.decode("utf-8", "replace"), int(time.time())):
            raise Forged("signature")
        told = orjson.loads(body)
        data = told.get("data") or {}
        identity = {name.lower(): value for name, value in headers.items()}["webhook-id"]
        return [Event(identity, str(told.get("type", "")), str(data.get("id", "")), said=data)]


def envelope(kind: str, data: dict[str, Any], at: datetime | None = None) -> dict[str, Any]:
    return {"type": kind, "timestamp": (at or datetime.now(UTC)).isoformat(), "data": data}


def told_of(media: Media) -> Remark:
    name = media.title or media.path.name
    sentence = _("The file %(name)s itself will not be sent: the site is told its name and what it shows.")
    return Remark("media", "told_of", sentence % {"name": name}, name)


def described(media: Media) -> dict[str, Any]:
    return {"name": media.path.name, "type": media.type, "alt": media.alt, "width": media.width, "height": media.height}


def tell(account: Account, identifier: str, said: dict[str, Any], *, harmless: bool = False) -> Reply:
    body = orjson.dumps(said).decode()
    try:
        signed = headers(account.credentials.token, identifier, int(time.time()), body)
    except ValueError as error:
        raise AuthorisationLost("secret", "the secret is not written as whsec_…") from error
    line = Line(server(account.address), signed, refusal)
    asked = line.ask if harmless else line.write
    return asked(
        "POST", account.address, content=body.encode()
    )  # to the letter: with the bar at its end, when it has one


def server(address: str) -> Server:
    """Private networks that the institution allows its webhooks may be told too."""
    loopback = LOOPBACK if settings.ALLOW_LOOPBACK else ()
    return Server(address, (*settings.WEBHOOK_NETWORKS, *loopback))


def refusal(reply: Reply) -> NetworkError | None:
    if reply.is_taken:
        return None
    code, said = str(reply.status), words(reply)
    match reply.status:
        case 401 | 403:
            return AuthorisationLost(code, said)
        case 404 | 410:
            return Held(code, said)
        case 429:
            return throttled(reply)
        case 400 | 413 | 415 | 422:
            return Invalid(code, said)
    return Held(code, said)
