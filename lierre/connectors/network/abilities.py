"""What a network can do, how much it takes, and how a message measures against it before anybody approves it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lierre.connectors.network.message import Kind, Visibility


class Parts(StrEnum):
    """What a second part becomes: nothing (one part only), an answer in a thread, a comment under the first."""

    ONE = "one"
    THREAD = "thread"
    COMMENTS = "comments"


class Guard(StrEnum):
    """
    What keeps a part from being online twice, the strongest first.

    RECORD its place is chosen by us: for ever · KEY a key sent along, for a while (`guarded_for`) · TWIN a second one is
    refused, naming the first · LISTING our own list can be read afterwards · PERSON nothing but somebody who looks.
    """

    RECORD = "record"
    KEY = "key"
    TWIN = "twin"
    LISTING = "listing"
    PERSON = "person"


class Way(StrEnum):
    """How an account is connected: by going there and coming back with a code; by a key somebody pastes; not at all."""

    CODE = "code"
    KEY = "key"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`metrics` names the figures that can be had; whatever is not in it is « not communicated »."""

    parts: Parts = Parts.ONE
    media: frozenset[Kind] = frozenset()
    visibilities: frozenset[Visibility] = frozenset({Visibility.PUBLIC})
    guard: Guard = Guard.PERSON
    guarded_for: timedelta | None = None  # None: as long as the guard itself
    ways: frozenset[Way] = frozenset({Way.KEY})
    metrics: frozenset[str] = frozenset()
    builds_cards: bool = False  # the network reads the page of a link by itself
    has_warnings: bool = False
    shows_captions: bool = False  # subtitles of videos
    deletes: bool = True
    tells_interactions: bool = False
    tells_by_webhook: bool = False
    by_hand: bool = False  # a person publishes, we prepare: see connectors/manual


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much the network takes. 0 means that it does not say, or has no such limit.

    `url_counts_for`: how many characters any address counts for. `fetched_at` is None for what is usual there and was not
    asked for; `server` is what answers, as it names itself ("4.5.2", "2.72.0 (compatible; snac/2.75)").
    """

    text: int = 0
    text_bytes: int = 0
    url_counts_for: int = 0
    media: int = 0
    alt: int = 0
    image_bytes: int = 0
    image_pixels: int = 0
    video_bytes: int = 0
    video_seconds: int = 0
    video_least_seconds: int = 0
    video_least_bytes: int = 0
    video_pixels: int = 0  # of one image of it
    video_rate: int = 0  # images in a second
    document_bytes: int = 0
    document_pages: int = 0
    comment: int = 0  # of a part that comes after another, when it is another limit than that of the text
    types: tuple[str, ...] = ()  # media types that are taken; empty: not said
    server: str = ""
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """`unit`: characters, graphemes, bytes, escaped (characters once escaped). `most` 0: no limit is known."""

    unit: str
    value: int
    most: int

    @property
    def fits(self) -> bool:
        return not self.most or self.value <= self.most


@dataclass(frozen=True, slots=True)
class Remark:
    """
    Something to be read before approving. `field`: text, media, link, language, visibility, warning, mentions, part.
    `code` is ours and stable; `sentence` says it to a person, in the language of the moment; `about` is what it is about.
    """

    field: str
    code: str
    sentence: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A message against the limits of its network, without calling anybody.

    `counts`: each of them must fit. `refused`: what would make the network refuse it, or spoil it. `lost`: what the network
    cannot show, and that will not be sent; nothing is dropped without being here.
    """

    counts: tuple[Count, ...]
    refused: tuple[Remark, ...] = ()
    lost: tuple[Remark, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.refused and all(count.fits for count in self.counts)
