"""What is to be said on one network, by one account: one part of it, as plain data that any network can read."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from lierre.connectors.network.answers import Receipt


class Kind(StrEnum):
    """What a file is to a reader."""

    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


class Visibility(StrEnum):
    """Who may read: everybody; everybody but in no public list; those who follow (or are connected)."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"


@dataclass(frozen=True, slots=True)
class Media:
    """
    A file to show, already fit for the network (size, format, weight, nothing hidden in it).

    `type` is its media type ("image/jpeg"), `alt` what somebody who does not see it is told, `width` and `height` in
    pixels (0: unknown), `focus` the point that must stay visible, from -1 to 1 on each axis, `title` for a document,
    `seconds` of a video, `pages` of a document (0: unknown), `captions` of a video: language and WebVTT, whole.
    `coming`: the file is still being made, and will fit. It may be measured, and is never sent.
    """

    path: Path
    type: str
    alt: str = ""
    title: str = ""
    width: int = 0
    height: int = 0
    focus: tuple[float, float] | None = None
    seconds: float = 0.0
    pages: int = 0
    captions: tuple[tuple[str, str], ...] = ()
    coming: bool = False

    @property
    def kind(self) -> Kind:
        match self.type.partition("/")[0]:
            case "image":
                return Kind.IMAGE
            case "video":
                return Kind.VIDEO
        return Kind.DOCUMENT

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size


@dataclass(frozen=True, slots=True)
class Link:
    """
    The page a message leads to, and its card. Networks that build the card themselves read the page again; on the
    others (LinkedIn, Bluesky) there is no card but this one: title, description and image are ours to give. Where no card
    can be shown (beside images, usually) and the text does not hold the address, it is written at the end of the text.
    """

    url: str
    title: str = ""
    description: str = ""
    image: Media | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """
    Somebody named in the text. `text` is exactly what stands there, the first time it stands there; `identity` is who it
    is at this network (a handle at Mastodon and Bluesky, a URN at LinkedIn). Without identity it stays plain text.
    """

    text: str
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """
    One part of what is published by one account.

    `text` is plain text as its author means it: escaping, facets and shortening belong to the network.
    `key` is ours: unique for ever, one for each part, never made again when the same part is tried again (a UUID).
    `language` is a BCP 47 tag ("fr"); `warning` what is read before the text is unfolded, where networks have it.
    `after` is the receipt of the part just before, `first` that of the first part (both None for the first one).
    A part that comes after another is an answer in a thread, or a comment: see Capabilities.parts.
    """

    text: str
    key: str
    link: Link | None = None
    media: tuple[Media, ...] = ()
    mentions: tuple[Mention, ...] = ()
    language: str = ""
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    title: str = ""
    part: int = 1
    parts: int = 1
    after: Receipt | None = None
    first: Receipt | None = None
    # What one network alone understands, under its code: {"linkedin": {"distribution": "NONE"}}. Usually empty.
    peculiar: dict[str, dict[str, str]] = field(default_factory=dict)
