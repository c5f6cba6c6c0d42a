"""The record of a message, whole: written once, kept, and sent the same as often as needed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.bluesky.facets import Who, facets
from lierre.connectors.network.answers import Receipt
from lierre.connectors.network.message import Kind, Link, Media, Message
from lierre.connectors.network.text import with_address

POST: Final = "app.bsky.feed.post"
IMAGES: Final = "app.bsky.embed.images"
EXTERNAL: Final = "app.bsky.embed.external"
VIDEO: Final = "app.bsky.embed.video"
THUMBNAIL: Final = 1_000_000  # bytes; a heavier one is left out, and that is said before

Blob = dict[str, Any]


def images_of(message: Message) -> tuple[Media, ...]:
    return tuple(each for each in message.media if each.kind == Kind.IMAGE)


def video_of(message: Message) -> Media | None:
    return next((each for each in message.media if each.kind == Kind.VIDEO), None)


def has_card(message: Message) -> bool:
    """Beside images or a video there is none."""
    return bool(message.link) and not images_of(message) and video_of(message) is None


def said(message: Message) -> str:
    """The text. Where there is no card, the address of the link is written after it."""
    link = message.link.url if message.link and not has_card(message) else ""
    return with_address(message.text, link)


def record(message: Message, at: datetime, who: Who, embed: Mapping[str, Any] | None) -> dict[str, Any]:
    # Parts of one thread follow one another, were they sent in the same second.
    made = at.astimezone(UTC) + timedelta(milliseconds=message.part - 1)
    text = said(message)
    found: dict[str, Any] = {"$type": POST, "text": text, "createdAt": moment(made)}
    if noted := facets(text, message.mentions, who):
        found["facets"] = noted
    if message.language:
        found["langs"] = [message.language]
    if embed:
        found["embed"] = dict(embed)
    if message.after:
        found["reply"] = {"root": reference(message.first or message.after), "parent": reference(message.after)}
    return found


def shows_images(media: tuple[Media, ...], blobs: list[Blob]) -> dict[str, Any]:
    shown = [{"alt": each.alt, "image": blob, **shape(each)} for each, blob in zip(media, blobs, strict=True)]
    return {"$type": IMAGES, "images": shown}


def shows_video(media: Media, blob: Blob, subtitles: Sequence[tuple[str, Blob]] = ()) -> dict[str, Any]:
    described: dict[str, Any] = {"alt": media.alt} if media.alt else {}
    if subtitles:
        described["captions"] = [{"lang": language, "file": file} for language, file in subtitles]
    return {"$type": VIDEO, "video": blob, **described, **shape(media)}


def shows_card(link: Link, thumbnail: Blob | None) -> dict[str, Any]:
    return {"$type": EXTERNAL, "external": card(link, thumbnail)}


def shape(media: Media) -> dict[str, Any]:
    return {"aspectRatio": {"width": media.width, "height": media.height}} if media.width and media.height else {}


def card(link: Link, thumbnail: Blob | None) -> dict[str, Any]:
    """Nobody reads the page of the link there: the card is what we give."""
    shown = {"uri": link.url, "title": link.title or link.url, "description": link.description}
    return shown | ({"thumb": thumbnail} if thumbnail else {})


def reference(receipt: Receipt) -> dict[str, str]:
    return {"uri": receipt.id, "cid": str(receipt.also["cid"])}


def moment(at: datetime) -> str:
    """
    >>> moment(datetime(2026, 11, 26, 12, tzinfo=UTC))
    '2026-11-26T12:00:00.000Z'
    """
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_ours(found: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    """Edited elsewhere since, it keeps its moment; another message has neither."""
    return bool(found.get("createdAt") == sent["createdAt"] or found.get("text") == sent["text"])
