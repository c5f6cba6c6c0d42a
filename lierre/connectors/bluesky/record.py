"""The record of a message, whole: written once, kept, and sent the same as often as needed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.bluesky.facets import Who, facets
from lierre.connectors.network.answers import Receipt
from lierre.connectors.network.message import Kind, Link, Media, Message
from lierre.connectors.network.text import with_address

POST: Final = "app.bsky.feed.post"
IMAGES: Final = "app.bsky.embed.images"
EXTERNAL: Final = "app.bsky.embed.external"
THUMBNAIL: Final = 1_000_000  # bytes; a heavier one is left out, and that is said before

Blob = dict[str, Any]


def images_of(message: Message) -> tuple[Media, ...]:
    return tuple(each for each in message.media if each.kind == Kind.IMAGE)


def said(message: Message) -> str:
    """The text. Beside images there is no card: the address of the link is written after it."""
    link = message.link.url if message.link and images_of(message) else ""
    return with_address(message.text, link)


def record(message: Message, at: datetime, who: Who, images: list[Blob], thumbnail: Blob | None) -> dict[str, Any]:
    # Parts of one thread follow one another, were they sent in the same second.
    made = at.astimezone(UTC) + timedelta(milliseconds=message.part - 1)
    text = said(message)
    found: dict[str, Any] = {"$type": POST, "text": text, "createdAt": moment(made)}
    if noted := facets(text, message.mentions, who):
        found["facets"] = noted
    if message.language:
        found["langs"] = [message.language]
    if images:
        found["embed"] = {
            "$type": IMAGES,
            "images": [image(*each) for each in zip(images_of(message), images, strict=True)],
        }
    elif message.link:
        found["embed"] = {"$type": EXTERNAL, "external": card(message.link, thumbnail)}
    if message.after:
        found["reply"] = {"root": reference(message.first or message.after), "parent": reference(message.after)}
    return found


def image(media: Media, blob: Blob) -> dict[str, Any]:
    shape = {"aspectRatio": {"width": media.width, "height": media.height}} if media.width and media.height else {}
    return {"alt": media.alt, "image": blob, **shape}


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
