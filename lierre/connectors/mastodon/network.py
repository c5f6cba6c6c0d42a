"""Mastodon as a network of Lierre: the messages of one account, at the server that it has."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from lierre.connectors.mastodon import hearing, media, opening, statuses
from lierre.connectors.mastodon.instance import USUAL, keeps_keys, limits_of
from lierre.connectors.mastodon.line import CODE, line_of
from lierre.connectors.mastodon.text import counted, said
from lierre.connectors.network import measuring
from lierre.connectors.network.abilities import Capabilities, Count, Guard, Limits, Measure, Parts, Way
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
from lierre.connectors.network.line import Line, closed_for_good
from lierre.connectors.network.message import Kind, Message, Visibility
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Gone,
    Held,
    Invalid,
    MediaLost,
    MediaNotReady,
    NotSent,
    NotSupported,
    PolicyBlocked,
    Refusal,
    UnknownOutcome,
)
from lierre.connectors.network.understanding import understood

VISIBILITY: Final = {Visibility.PUBLIC: "public", Visibility.UNLISTED: "unlisted", Visibility.FOLLOWERS: "private"}
KNOWN_FOR: Final = 3600.0  # seconds: what a server is does not change more often


@understood
class Mastodon:
    """See network/protocol.py."""

    code = CODE
    name = "Mastodon"

    def __init__(self) -> None:
        self.servers: dict[str, tuple[float, str]] = {}  # address → when it was asked, and which it is

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        keeps = keeps_keys(limits.server) if limits else False
        return Capabilities(
            Parts.THREAD, frozenset({Kind.IMAGE, Kind.VIDEO}), frozenset(VISIBILITY),
            Guard.KEY if keeps else Guard.LISTING, statuses.KEY_LIVES if keeps else None,
            frozenset({Way.CODE, Way.KEY}), frozenset({*hearing.COUNTS, "followers"}),
            builds_cards=True, has_warnings=True, tells_interactions=True,
        )  # fmt: skip

    def usual_limits(self) -> Limits:
        return USUAL

    def limits(self, account: Account) -> Limits:
        return limits_of(account.address, account.credentials.token)

    def measure(self, message: Message, limits: Limits) -> Measure:
        able = self.capabilities(limits)
        lost = tuple(measuring.lost(message, able, card=False))
        count = Count("characters", counted(message, limits), limits.text)
        return Measure((count,), tuple(measuring.refused(message, limits, able)), lost)

    def application(self, address: str, back: str) -> Application:
        return opening.registered(address, back)

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        return opening.consent_page(application, back, state, verifier)

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        return [opening.opened(grant)]

    def refresh(self, account: Account) -> Credentials:
        return account.credentials

    def revoke(self, account: Account) -> None:
        opening.closed(account)

    def check(self, account: Account) -> Health:
        return opening.healthy(account)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        held: list[Any] = list(before.payload["media"]) if before else []
        handed, wait = media.all_handed(line_of(account), media.shown(message.media), held)
        form: dict[str, str | list[str]] = {
            "status": said(message), "visibility": VISIBILITY[message.visibility], "spoiler_text": message.warning,
        }  # fmt: skip
        if message.language:
            form["language"] = message.language
        if handed:
            form["media_ids[]"] = [each["id"] for each in handed]
        if message.after:
            form["in_reply_to_id"] = message.after.id
        payload = {"form": form, "media": handed, "guarded": self.keeps_keys(account)}
        return Prepared(CODE, message.key, payload, said(message), at, wait)

    def keeps_keys(self, account: Account) -> bool:
        asked, version = self.servers.get(account.address, (-KNOWN_FOR, ""))
        if time.monotonic() - asked > KNOWN_FOR:
            try:
                version = self.told(account)
            except (AuthorisationLost, PolicyBlocked):
                return False  # it told the name of nobody, this time
            except (Held, Refusal):
                version = ""  # it says nothing of itself: it is not believed to keep anything
            self.servers[account.address] = (time.monotonic(), version)
        return keeps_keys(version)

    def told(self, account: Account) -> str:
        """Its version, which it tells anybody: whoever is not let in asks as nobody."""
        try:
            return self.limits(account).server
        except (AuthorisationLost, PolicyBlocked):
            return limits_of(account.address).server

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        line, sent = line_of(account), prepared.payload["form"]
        try:
            reply = line.write("POST", "/api/v1/statuses", form=sent, headers={"Idempotency-Key": prepared.key})
        except AuthorisationLost as refusal:
            raise closed_for_good(refusal, lambda: opening.who(account.address, account.credentials)) from refusal
        except Invalid as refusal:
            raise self.explained(line, account, prepared, refusal) from refusal
        told = reply.facts
        if not told.get("id"):
            raise UnknownOutcome("no_id", str(told)[:200])
        receipt = statuses.receipt_of(told)
        earlier = attempts is not None and receipt.published_at is not None and receipt.published_at <= attempts.last_at
        return replace(receipt, adopted=earlier)

    def explained(self, line: Line, account: Account, prepared: Prepared, refusal: Invalid) -> Exception:
        """422 means many things. Whether the token lives, and whether the files are ready, is asked, not guessed."""
        try:
            opening.who(account.address, account.credentials)
            for each in prepared.payload["media"]:
                if line.ask("GET", f"/api/v1/media/{each['id']}").status == 206:
                    return MediaNotReady(refusal.code, refusal.said)
        except Gone:
            return MediaLost(refusal.code, refusal.said)
        except NotSent as failure:
            return NotSent(refusal.code, refusal.said, failure.retry_at)
        except Exception as failure:
            return failure
        return refusal

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        return statuses.confirmation(line_of(account), account.id, prepared, attempts)

    def adopt(self, account: Account, link: str) -> Receipt:
        wanted = link.strip().rstrip("/")
        if urlsplit(wanted).netloc != urlsplit(account.address).netloc:
            raise Invalid("elsewhere", wanted, "link")
        for row in statuses.own(line_of(account), account.id):
            last = urlsplit(wanted).path.rsplit("/", 1)[-1]
            if wanted in {str(row.get("url", "")).rstrip("/"), str(row.get("uri", ""))} or last == str(row["id"]):
                return statuses.receipt_of(row, adopted=True)
        raise Invalid("not_found", wanted, "link")

    def delete(self, account: Account, receipt: Receipt) -> None:
        """404 may say that it is deleted, or that this server deletes nothing for others: what is there is asked again."""
        line, path = line_of(account), f"/api/v1/statuses/{receipt.id}"
        try:
            line.ask("DELETE", path)
        except Gone:
            try:
                line.ask("GET", path)
            except Gone:
                return
            raise NotSupported("404", "this server does not delete by its interface") from None

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return hearing.heard(line_of(account), cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return list(hearing.figures(line_of(account), receipts))

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        raise NotSupported("webhook")
