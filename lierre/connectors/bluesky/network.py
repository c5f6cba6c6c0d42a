"""Bluesky as a network of Lierre: the messages of one account, in its own repository."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from lierre.connectors.bluesky import consent, hearing, opening, video
from lierre.connectors.bluesky.line import CODE, InvalidSwap, line_of
from lierre.connectors.bluesky.place import place_of
from lierre.connectors.bluesky.record import (
    POST,
    THUMBNAIL,
    has_card,
    images_of,
    is_ours,
    record,
    said,
    shows_card,
    shows_images,
    shows_video,
    video_of,
)
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
from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Kind, Media, Message
from lierre.connectors.network.refusals import Gone, Invalid, NotSent, NotSupported, UnknownOutcome
from lierre.connectors.network.text import graphemes, in_bytes
from lierre.connectors.network.understanding import understood

# The lexicon says them, and no server is asked.
USUAL: Final = Limits(
    text=300, text_bytes=3_000, media=4, alt=2_000, image_bytes=2_000_000, video_bytes=300_000_000,
    types=("image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4"),
)  # fmt: skip
ABLE: Final = Capabilities(
    Parts.THREAD, frozenset({Kind.IMAGE, Kind.VIDEO}), guard=Guard.RECORD, ways=frozenset({Way.CODE, Way.KEY}),
    metrics=frozenset({*hearing.COUNTS, "followers"}), tells_interactions=True,
    shows_captions=True,
)  # fmt: skip
LONG: Final = 60.0  # seconds given to an image


@understood
class Bluesky:
    """See network/protocol.py."""

    code = CODE
    name = "Bluesky"

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return USUAL

    def limits(self, account: Account) -> Limits:
        return USUAL

    def measure(self, message: Message, limits: Limits) -> Measure:
        text = said(message)
        counts = Count("graphemes", graphemes(text), limits.text), Count("bytes", in_bytes(text), limits.text_bytes)
        card = has_card(message)
        lost = [*measuring.lost(message, ABLE, card=card), *self.lost_thumbnail(message, card)]
        return Measure(counts, tuple(measuring.refused(message, limits, ABLE)), tuple(lost))

    def lost_thumbnail(self, message: Message, card: bool) -> Iterator[Remark]:
        image = message.link.image if message.link and card else None
        if image and not fits(image):
            yield Remark(
                "link", "thumbnail", _("The image of the card is too heavy for this network: it will not be sent.")
            )

    def application(self, address: str, back: str) -> Application:
        return consent.application(address, back)

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        return consent.page(application, back, state, verifier)

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        return [opening.opened(grant)]

    def refresh(self, account: Account) -> Credentials:
        return opening.renewed(account)

    def revoke(self, account: Account) -> None:
        opening.closed(account)

    def check(self, account: Account) -> Health:
        told = line_of(account).ask("GET", f"{opening.SESSION}getSession").facts
        handle = str(told.get("handle") or account.handle)
        return Health(handle, handle, f"{opening.SITE}/profile/{account.id}", server=account.address)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        line = line_of(account)
        payload: dict[str, Any] = {"place": before.payload["place"] if before else place_of(message.key, at)}
        if film := video_of(message):
            # What was handed over serves again as long as it is being made ready; lost after that, it is handed over anew.
            known = before.payload.get("video") if before and before.look_again_at else None
            payload["video"], wait = video.handed(account, line, film, known)
            if wait:
                return Prepared(CODE, message.key, payload, said(message), at, wait)
            subtitles = [(language, video.words(line, text)) for language, text in film.captions]
            embed: dict[str, Any] | None = shows_video(film, payload["video"]["blob"], subtitles)
        else:
            embed = self.embed(line, message)
        payload["record"] = record(message, at, Directory(line), embed)
        return Prepared(CODE, message.key, payload, said(message), at)

    def embed(self, line: Line, message: Message) -> dict[str, Any] | None:
        """What is shown under the text: images or, without any, the card of the link."""
        if images := images_of(message):
            return shows_images(images, [handed_over(line, each) for each in images])
        return shows_card(message.link, self.thumbnail(line, message)) if message.link else None

    def thumbnail(self, line: Line, message: Message) -> dict[str, Any] | None:
        """A card without its image is worth more than no message."""
        image = message.link.image if message.link else None
        try:
            return handed_over(line, image) if image and fits(image) else None
        except Invalid:
            return None

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        line, place = line_of(account), str(prepared.payload["place"])
        # `swapRecord` null: only if nothing is there. Sent again, it is refused, and what is there is ours.
        sent = where(account, place) | {"record": prepared.payload["record"], "validate": True, "swapRecord": None}
        try:
            told = line.write("POST", "/xrpc/com.atproto.repo.putRecord", json=sent).facts
        except InvalidSwap as refusal:
            found = self.found(line, account, place)
            if found is None:  # whoever reads is late: what stands there will be seen, and nothing is written over it
                raise UnknownOutcome(refusal.code, refusal.said) from refusal
            if is_ours(found[1], prepared.payload["record"]):
                return found[0]
            raise Invalid(refusal.code, refusal.said) from refusal
        if not (told.get("uri") and told.get("cid")):
            raise UnknownOutcome("no_uri", str(told)[:200])
        # Nothing was written when the same stands there already.
        return receipt(told, adopted=not told.get("commit"), made=prepared.prepared_at)

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        found = self.found(line_of(account), account, str(prepared.payload["place"]))
        if found and is_ours(found[1], prepared.payload["record"]):
            edited = "" if found[1] == prepared.payload["record"] else ", edited since"
            return Confirmation(Verdict.CONFIRMED, found[0], why=f"it stands at its place{edited}")
        if found:
            return Confirmation(Verdict.PERSON, candidates=(found[0],), why="something else stands at its place")
        return Confirmation(Verdict.AGAIN, why="its place is empty, and takes it once")

    def found(self, line: Line, account: Account, place: str) -> tuple[Receipt, dict[str, Any]] | None:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in where(account, place).items())
        try:
            told = line.ask("GET", "/xrpc/com.atproto.repo.getRecord", query=query).facts
        except Gone:
            return None
        value = told.get("value")
        return (receipt(told, adopted=True), value) if isinstance(value, dict) and told.get("uri") else None

    def adopt(self, account: Account, link: str) -> Receipt:
        parts = [each for each in urlsplit(link.strip()).path.split("/") if each]
        if link.startswith("at://"):
            owner, place = link.removeprefix("at://").split("/")[0], parts[-1] if parts else ""
        elif len(parts) == 4 and (parts[0], parts[2]) == ("profile", "post"):
            owner, place = parts[1], parts[3]
        else:
            raise Invalid("not_a_post", link, "link")
        found = self.found(line_of(account), account, place) if owner in {account.id, account.handle} else None
        if not found:
            raise Invalid("not_found", link, "link")
        return found[0]

    def delete(self, account: Account, receipt: Receipt) -> None:
        place = receipt.id.rsplit("/", 1)[-1]
        line_of(account).ask("POST", "/xrpc/com.atproto.repo.deleteRecord", json=where(account, place))

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return hearing.heard(line_of(account), cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return list(hearing.figures(line_of(account), account, receipts))

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        raise NotSupported("webhook")


class Directory:
    """Who has a handle, asked once for each."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.known: dict[str, str] = {}

    def __call__(self, handle: str) -> str:
        handle = handle.lstrip("@")
        if not handle or handle.startswith("did:"):
            return handle
        if handle not in self.known:
            asked = f"handle={quote(handle, safe='')}"
            try:
                told = self.line.ask("GET", "/xrpc/com.atproto.identity.resolveHandle", query=asked).facts
                self.known[handle] = str(told.get("did", ""))
            except (Invalid, Gone, NotSent):
                # Nobody has it, or nobody could say: the message leaves all the same, and the name stays plain text.
                self.known[handle] = ""
        return self.known[handle]


def where(account: Account, place: str) -> dict[str, str]:
    return {"repo": account.id, "collection": POST, "rkey": place}


def receipt(told: Mapping[str, Any], *, adopted: bool, made: datetime | None = None) -> Receipt:
    uri, value = str(told["uri"]), told.get("value")
    at = hearing.moment(str(value.get("createdAt", ""))) if isinstance(value, Mapping) else made
    return Receipt(uri, hearing.permalink(uri), at, {"cid": str(told.get("cid", ""))}, adopted)


def handed_over(line: Line, media: Media) -> dict[str, Any]:
    """Kept over there for some minutes, until a record shows it."""
    reply = line.ask(
        "POST",
        "/xrpc/com.atproto.repo.uploadBlob",
        content=media.path,
        headers={"Content-Type": media.type},
        timeout=LONG,
    )
    return dict(reply.facts["blob"])


def fits(image: Media) -> bool:
    return image.path.is_file() and image.size <= THUMBNAIL
