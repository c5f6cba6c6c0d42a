"""LinkedIn as a network of Lierre: the posts of a page, or of a person who connected their own account."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.connectors.linkedin import hearing, opening, posts, uploading
from lierre.connectors.linkedin.line import CODE, encoded, line_of, permalink
from lierre.connectors.linkedin.little import written
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
)
from lierre.connectors.network.line import Line, closed_for_good
from lierre.connectors.network.message import Kind, Message
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Duplicate,
    Gone,
    Invalid,
    RoleLost,
    ScopeMissing,
    UnknownOutcome,
)
from lierre.connectors.network.text import in_units
from lierre.connectors.network.understanding import understood

# No server tells them. How many images stand together is not documented: the smaller of what clients do.
USUAL: Final = Limits(
    text=3_000, comment=1_250, media=9, alt=4_086, image_pixels=36_152_320, video_bytes=500_000_000, video_seconds=1_800,
    video_least_seconds=3, video_least_bytes=75_000, document_bytes=100_000_000, document_pages=300,
    types=(
        "image/jpeg", "image/png", "image/gif", "video/mp4", "application/pdf", "application/msword",
        "application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)  # fmt: skip
ABLE: Final = Capabilities(
    Parts.COMMENTS, frozenset(Kind), frozenset(posts.VISIBILITY), Guard.LISTING, ways=frozenset({Way.CODE, Way.KEY}),
    metrics=frozenset({*hearing.COUNTS, "followers"}), tells_interactions=True, tells_by_webhook=True,
)  # fmt: skip
IN_A_LINK: Final = re.compile(
    r"urn(?::|%3A)li(?::|%3A)(share|ugcPost|activity)(?::|%3A)(\d+)|-(share|ugcPost|activity)-(\d+)"
)


@understood
class LinkedIn:
    """See network/protocol.py."""

    code = CODE
    name = "LinkedIn"

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return USUAL

    def limits(self, account: Account) -> Limits:
        return USUAL

    def measure(self, message: Message, limits: Limits) -> Measure:
        """Counted once escaped: whether LinkedIn counts before or after is not documented, and this is never too much."""
        text, is_comment = posts.said(message), message.part > 1
        if is_comment:
            count = Count("characters", in_units(text), limits.comment)
        else:
            count = Count("escaped", in_units(written(text, message.mentions)), limits.text)
        has_card = bool(message.link) and not message.media and not is_comment
        lost = [*measuring.lost(message, ABLE, card=has_card), *self.lost(message, has_card)]
        return Measure((count,), tuple(measuring.refused(message, limits, ABLE)), tuple(lost))

    def lost(self, message: Message, has_card: bool) -> Iterator[Remark]:
        if message.part > 1 and message.media:
            yield Remark("media", "in_a_comment", _("Files will not be sent: they are not shown in a comment here."))
        if message.part > 1:
            for mention in message.mentions:
                if mention.identity:
                    told = {"name": mention.text}
                    sentence = _("%(name)s will stay plain text: comments name nobody here.") % told
                    yield Remark("mentions", "in_a_comment", sentence, mention.text)
        elif any(each.kind != Kind.IMAGE and each.alt for each in message.media):
            yield Remark(
                "media", "alt_not_of_image", _("The description of the film or of the document will not be sent here.")
            )
        link = message.link if has_card else None
        if link and (len(link.title) > posts.LONGEST_TITLE or len(link.description) > posts.LONGEST_DESCRIPTION):
            yield Remark(
                "link", "cut", _("The title or the description of the card is too long: its end will not be sent.")
            )

    def application(self, address: str, back: str) -> Application:
        return opening.application()

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        return opening.consent_page(application, back, state)

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        return opening.opened(grant)

    def refresh(self, account: Account) -> Credentials:
        return opening.renewed(account)

    def revoke(self, account: Account) -> None:
        opening.closed(account)

    def check(self, account: Account) -> Health:
        return opening.healthy(account)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        if message.after:
            return Prepared(CODE, message.key, {"body": posts.comment(account, message)}, posts.said(message), at)
        line, held = line_of(account), before.payload if before else {"media": [], "thumbnail": []}
        handed, wait = uploading.all_handed(line, account.id, message.media, list(held["media"]))
        image = message.link.image if message.link and not message.media else None
        thumbnail, wait_too = uploading.all_handed(line, account.id, (image,) if image else (), list(held["thumbnail"]))
        body = posts.post(account, message, handed, thumbnail[0]["urn"] if thumbnail else "")
        payload = {"body": body, "media": handed, "thumbnail": thumbnail}
        return Prepared(CODE, message.key, payload, body["commentary"], at, wait or wait_too)

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        line, body = line_of(account), prepared.payload["body"]
        is_comment = "commentary" not in body
        path = f"/rest/socialActions/{encoded(body['object'])}/comments" if is_comment else "/rest/posts"
        try:
            reply = line.write("POST", path, json=body)
        except Duplicate as refusal:
            return self.twin(line, account, prepared, attempts, refusal)
        except AuthorisationLost as refusal:
            raise closed_for_good(refusal, lambda: opening.healthy(account)) from refusal
        except ScopeMissing as refusal:
            raise self.why_closed(line, account, refusal) from refusal
        number = reply.headers.get("x-restli-id") or str(reply.facts.get("id") or "")
        if not number:
            raise UnknownOutcome("no_id", str(reply.status))
        if is_comment:
            return posts.comment_receipt(body["object"], number, account)
        return Receipt(number, permalink(number, account.address))

    def twin(
        self, line: Line, account: Account, prepared: Prepared, attempts: Attempts | None, refusal: Duplicate
    ) -> Receipt:
        """The refusal names the first one: it is ours when we tried before and hold no receipt of it."""
        twin = refusal.twin
        if twin and attempts and twin.id not in attempts.known and posts.is_ours(line, prepared, twin):
            return Receipt(twin.id, permalink(twin.id, account.address), adopted=True)
        raise refusal

    def why_closed(self, line: Line, account: Account, refusal: ScopeMissing) -> Exception:
        """Told in one word by the network: a right that was not given, or a role that was taken away. It is asked."""
        if not hearing.is_page(account):
            return refusal
        try:
            return refusal if account.id in opening.managed(line) else RoleLost(refusal.code, refusal.said)
        except Exception:
            return refusal

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        return posts.confirmation(line_of(account), account, prepared, attempts)

    def adopt(self, account: Account, link: str) -> Receipt:
        found = IN_A_LINK.search(link)
        if not found or ("linkedin" not in link and account.address not in link):
            raise Invalid("not_a_post", link, "link")
        kind, number = (found[1], found[2]) if found[1] else (found[3], found[4])
        urn = f"urn:li:{kind}:{number}"
        try:
            told = line_of(account).ask("GET", f"/rest/posts/{encoded(urn)}", query="viewContext=AUTHOR").facts
        except ScopeMissing:
            told = {}  # the person who pastes it is believed
        except (Gone, Invalid):
            if kind != "activity":  # a number that is copied over there, and that the interface does not know
                raise Invalid("not_found", link, "link") from None
            told = {}
        if told.get("author", account.id) != account.id:
            raise Invalid("elsewhere", link, "link")
        return Receipt(urn, permalink(urn, account.address), adopted=True)

    def delete(self, account: Account, receipt: Receipt) -> None:
        also: Mapping[str, Any] = receipt.also
        line, headers = line_of(account), {"X-RestLi-Method": "DELETE"}
        path = f"/rest/posts/{encoded(receipt.id)}"
        query = ""
        if also.get("comment"):
            path = f"/rest/socialActions/{encoded(str(also['post']))}/comments/{also['comment']}"
            query = f"actor={encoded(account.id)}"
        try:
            line.ask("DELETE", path, query=query, headers=headers)
        except Gone:
            return

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return hearing.heard(line_of(account), account, cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return list(hearing.figures(line_of(account), account, receipts))

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        return hearing.events(headers, body, secret)
