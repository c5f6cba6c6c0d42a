"""Facebook as a network of Lierre: what a page says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lierre.connectors.facebook import hearing, opening, posts, uploading
from lierre.connectors.facebook.line import CODE, key, line_of, site
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
from lierre.connectors.network.refusals import AuthorisationLost, Duplicate, Gone, Invalid, NetworkError, UnknownOutcome
from lierre.connectors.network.text import addresses, in_units
from lierre.connectors.network.understanding import understood

USUAL: Final = Limits(
    text=63_206, comment=8_000, media=10, image_bytes=4_000_000, video_bytes=1_000_000_000,
    types=("image/jpeg", "image/png", "video/mp4", "video/quicktime"),
)  # fmt: skip
ABLE: Final = Capabilities(
    Parts.COMMENTS, frozenset({Kind.IMAGE, Kind.VIDEO}), guard=Guard.LISTING, ways=frozenset({Way.CODE, Way.KEY}),
    metrics=frozenset({*hearing.COUNTS, *hearing.INSIGHTS, "followers"}), builds_cards=True, tells_interactions=True,
    tells_by_webhook=True,
)  # fmt: skip
ITS_OWN: Final = ("facebook.com", "fb.com", "fb.me", "fb.watch")


@understood
class Facebook:
    """See network/protocol.py."""

    code = CODE
    name = "Facebook"

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return USUAL

    def limits(self, account: Account) -> Limits:
        return USUAL

    def measure(self, message: Message, limits: Limits) -> Measure:
        most = limits.comment if message.part > 1 else limits.text
        refused = [*measuring.refused(message, limits, ABLE), *self.refused(message)]
        lost = [*measuring.lost(message, ABLE, card=False), *self.lost(message)]
        return Measure((Count("characters", in_units(posts.said(message)), most),), tuple(refused), tuple(lost))

    def refused(self, message: Message) -> Iterator[Remark]:
        link = message.link.url if message.link else ""
        for url in filter(None, [link, *(each.text for each in addresses(message.text))]):
            host = urlsplit(url).hostname or ""
            if any(host == own or host.endswith(f".{own}") for own in ITS_OWN):
                yield Remark(
                    "link", "its_own", _("Facebook refuses links that lead to itself: %(url)s.") % {"url": url}, url
                )

    def lost(self, message: Message) -> Iterator[Remark]:
        if message.part > 1 and message.media:
            yield Remark("media", "in_a_comment", _("Files will not be sent: they are not shown in a comment here."))
        if any(each.kind == Kind.VIDEO and each.alt for each in message.media):
            yield Remark(
                "media", "alt_of_video", _("The description of the video will not be sent: this network has none.")
            )

    def application(self, address: str, back: str) -> Application:
        return opening.application()

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        return opening.consent_page(application, back, state)

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        return opening.opened(grant)

    def refresh(self, account: Account) -> Credentials:
        """The token of a page does not end; when it dies, a person connects again."""
        return account.credentials

    def revoke(self, account: Account) -> None:
        opening.closed()

    def check(self, account: Account) -> Health:
        return opening.healthy(account)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        line, photos, video = line_of(account), [], None
        if not message.after:
            videos = uploading.of_kind(message.media, Kind.VIDEO)
            held = list(before.payload["photos"]) if before else []
            photos = uploading.photos(
                line, account, uploading.of_kind(message.media, Kind.IMAGE) if not videos else (), held
            )
            video = uploading.video(line, account, videos[0]) if videos else None
        payload = posts.request(account, message, photos, video) | {"photos": photos}
        return Prepared(CODE, message.key, payload, posts.said(message), at)

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        line, sent = line_of(account), prepared.payload
        try:
            told = line.write("POST", sent["path"], form=sent["form"] | key(account)).facts
        except AuthorisationLost as refusal:
            raise closed_for_good(refusal, lambda: opening.healthy(account)) from refusal
        except Duplicate as refusal:
            found = posts.alike(line, account, prepared, attempts) if attempts else ()
            if len(found) == 1:
                return found[0]
            raise refusal
        if sent.get("video"):
            if told.get("success") is not True:
                raise UnknownOutcome("no_success", str(told)[:200])
            return self.of_video(line, account, str(sent["video"]))
        identity = str(told.get("post_id") or told.get("id") or "")
        if not identity:
            raise UnknownOutcome("no_id", str(told)[:200])
        return Receipt(identity, self.permalink(line, account, identity), also={"photos": sent["photos"]})

    def of_video(self, line: Line, account: Account, video: str) -> Receipt:
        """Read over there at leisure: its post may not exist yet. Until then its own number stands for it."""
        try:
            told = line.ask("GET", f"/{video}", query=posts.query(account, fields="post_id,permalink_url")).facts
        except NetworkError:
            told = {}
        post = str(told.get("post_id") or "")
        link = str(told.get("permalink_url") or f"{site(account.address)}/{video}")
        identity = post if "_" in post else f"{account.id}_{post}" if post else video
        return Receipt(identity, link if "://" in link else site(account.address) + link, also={"video": video})

    def permalink(self, line: Line, account: Account, identity: str) -> str:
        """It is online: whatever happens here changes nothing to it."""
        try:
            told = line.ask("GET", f"/{identity}", query=posts.query(account, fields="permalink_url")).facts
        except NetworkError:
            told = {}
        return str(told.get("permalink_url") or f"{site(account.address)}/{identity}")

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        return posts.confirmation(line_of(account), account, prepared, attempts)

    def adopt(self, account: Account, link: str) -> Receipt:
        """Its addresses have many shapes: the latest posts of the page say theirs."""
        wanted = link.strip().rstrip("/")
        host = urlsplit(wanted).hostname or ""
        numbers = {each for each in urlsplit(wanted).path.replace("_", "/").split("/") if each.isdecimal()}
        asked = posts.query(account, fields=posts.FIELDS, limit="100")
        for row in posts.rows(line_of(account).ask("GET", f"/{account.id}/published_posts", query=asked).facts):
            same = str(row.get("permalink_url", "")).rstrip("/") == wanted
            if host and (same or str(row["id"]).rsplit("_", 1)[-1] in numbers):
                return posts.receipt(account, row)
        raise Invalid("not_found", link, "link")

    def delete(self, account: Account, receipt: Receipt) -> None:
        try:
            line_of(account).ask("DELETE", f"/{receipt.id}", query=posts.query(account))
        except Gone:
            return

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return hearing.heard(line_of(account), account, cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return list(hearing.figures(line_of(account), account, receipts))

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        return hearing.events(headers, body, secret)
