"""Films in the container of MP4 and QuickTime: read as far as needed to believe it.

ISO/IEC 14496-12: a file is a row of boxes, each with its length and its kind; `moov` holds how long, how large, and where
the frames are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

HOLDERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"})
CODECS: Final = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"mp4v", b"vp09"})
# Brands of photographs that are kept in the same container.
PHOTOGRAPHS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
MOST_BOXES: Final = 20_000
DEEPEST: Final = 8
MOST_ROWS: Final = 500_000
MOST_LONG: Final = 4 * 3600


class Lies(Exception):  # noqa: N818 - a word for what a file does
    """What it says of itself is not so."""


@dataclass(frozen=True, slots=True)
class Film:
    type: str
    width: int
    height: int
    seconds: float
    codec: str


@dataclass(frozen=True, slots=True)
class Box:
    """`first`: where its content begins; `last`: where it ends."""

    kind: bytes
    start: int
    first: int
    last: int
    track: int


def is_one(head: bytes) -> bool:
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"} and head[8:12] not in PHOTOGRAPHS


def read(path: Path, name: str) -> Film:
    try:
        with path.open("rb") as file:
            return believed(file, path.stat().st_size)
    except (Lies, OSError) as lie:
        said = _("%(name)s says that it is a film, and what it holds is not one (%(why)s). Export it again as MP4.")
        raise Refused(said % {"name": name, "why": lie}) from lie


def believed(file: IO[bytes], size: int) -> Film:
    every = list(boxes(file, 0, size))
    kinds = {box.kind for box in every}
    if b"moov" not in kinds or b"mdat" not in kinds:
        raise Lies(_("it has no index, or no images: it was cut"))
    header = content(file, next(box for box in every if box.kind == b"mvhd"), 40) if b"mvhd" in kinds else b""
    seconds = length(header)
    for mine in tracks(every):
        if handler(file, mine) == b"vide":
            width, height = shape(content(file, mine[b"tkhd"], 96) if b"tkhd" in mine else b"")
            codec = content(file, mine[b"stsd"], 16)[12:16] if b"stsd" in mine else b""
            if codec not in CODECS:
                raise Lies(_("no network reads the way its images are written"))
            where_it_says(file, mine, size)
            as_long_as_it_says(file, mine, seconds, ticks_in(header))
            return Film(kind_of(file), width, height, seconds, codec.decode())
    raise Lies(_("it holds no images"))


def boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """Those of the file, and those inside the ones that hold others. Their lengths must fill their room exactly."""
    for count, box in enumerate(within(file, start, end, 0, 0)):
        if count >= MOST_BOXES:
            raise Lies(_("it is made of too many pieces"))
        yield box


def within(file: IO[bytes], start: int, end: int, track: int, depth: int) -> Iterator[Box]:
    if depth > DEEPEST:
        raise Lies(_("it is made of too many pieces"))
    at = start
    while at < end:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise Lies(_("its end is missing"))
        length_, kind, first = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if length_ == 1 and len(head) == 16:
            length_, first = int.from_bytes(head[8:16], "big"), at + 16
        last = end if length_ == 0 else at + length_
        if last < first or last > end:
            raise Lies(_("its end is missing"))
        mine = at + 1 if kind == b"trak" else track
        yield Box(kind, at, first, last, mine)
        if kind in HOLDERS:
            yield from within(file, first, last, mine, depth + 1)
        at = last


def tracks(every: list[Box]) -> Iterator[dict[bytes, Box]]:
    """The boxes of each, by kind. QuickTime writes some kinds twice: the first is that of the track itself."""
    for track in dict.fromkeys(box.track for box in every if box.track):
        yield {box.kind: box for box in reversed(every) if box.track == track}


def handler(file: IO[bytes], mine: dict[bytes, Box]) -> bytes:
    """What a track is for: images (vide), sound (soun)…"""
    return content(file, mine[b"hdlr"], 12)[8:12] if b"hdlr" in mine else b""


def content(file: IO[bytes], box: Box, most: int) -> bytes:
    file.seek(box.first)
    return file.read(min(most, box.last - box.first))


def length(header: bytes) -> float:
    """
    In seconds, from `mvhd` or `mdhd`: a number of ticks, and how many of them make a second.

    >>> length(bytes(12) + (600).to_bytes(4, "big") + (4500).to_bytes(4, "big"))
    7.5
    """
    a_second, whole = ticks_in(header), header[24:32] if header[:1] == b"\x01" else header[16:20]
    every = int.from_bytes(whole, "big")
    if not a_second or not every or every / a_second > MOST_LONG:
        raise Lies(_("it does not say how long it lasts"))
    return every / a_second


def ticks_in(header: bytes) -> int:
    """Ticks of a second."""
    return int.from_bytes(header[20:24] if header[:1] == b"\x01" else header[12:16], "big")


def as_long_as_it_says(file: IO[bytes], mine: dict[bytes, Box], said: float, ticks: int) -> None:
    """What a network allows is compared with what is said; what is seen is what was edited, else every image."""
    if b"elst" in mine:
        seen = sum(edits(content(file, mine[b"elst"], 8 + 20 * MOST_ROWS))) / ticks
    else:
        a_second = ticks_in(content(file, mine[b"mdhd"], 24)) if b"mdhd" in mine else 0
        seen = sum(times * each for times, each in durations(file, mine)) / a_second if a_second else 0.0
    if seen > said * 1.1 + 2:
        raise Lies(_("it lasts longer than it says"))


def edits(table: bytes) -> Iterator[int]:
    """How long each piece of an edited film is shown (`elst`), in ticks of the whole."""
    room, wide = (20, 8) if table[:1] == b"\x01" else (12, 4)
    count = min(int.from_bytes(table[4:8], "big"), max(len(table) - 8, 0) // room)
    for at in range(8, 8 + room * count, room):
        yield int.from_bytes(table[at : at + wide], "big")


def durations(file: IO[bytes], mine: dict[bytes, Box]) -> Iterator[tuple[int, int]]:
    """How many images last how many ticks (`stts`)."""
    table = content(file, mine[b"stts"], 8 + 8 * MOST_ROWS) if b"stts" in mine else b""
    count = min(int.from_bytes(table[4:8], "big"), max(len(table) - 8, 0) // 8)
    for at in range(8, 8 + 8 * count, 8):
        yield int.from_bytes(table[at : at + 4], "big"), int.from_bytes(table[at + 4 : at + 8], "big")


def shape(header: bytes) -> tuple[int, int]:
    """As it is seen: a telephone held upright writes it lying, with the way to turn it."""
    base = 88 if header[:1] == b"\x01" else 76
    width, height = (int.from_bytes(header[at : at + 4], "big") >> 16 for at in (base, base + 4))
    if not (0 < width <= 16_384 and 0 < height <= 16_384):
        raise Lies(_("it does not say how large it is"))
    matrix = header[base - 36 : base]
    lies_down = matrix[:4] == bytes(4) and matrix[4:8] != bytes(4)
    return (height, width) if lies_down else (width, height)


def where_it_says(file: IO[bytes], mine: dict[bytes, Box], size: int) -> None:
    """Its index leads to places of the file: the first and the last of them must be there."""
    box, width = (mine[b"co64"], 8) if b"co64" in mine else (mine.get(b"stco"), 4)
    if box is None:
        return  # in fragments: each says its own places
    count = int.from_bytes(content(file, box, 8)[4:8], "big")
    if count * width > box.last - box.first - 8:
        raise Lies(_("its index leads nowhere"))
    for place in {0, count - 1} if count else ():
        file.seek(box.first + 8 + place * width)
        if not 0 < int.from_bytes(file.read(width), "big") < size:
            raise Lies(_("its index leads nowhere"))


def kind_of(file: IO[bytes]) -> str:
    file.seek(0)
    head = file.read(12)
    return "video/quicktime" if head[4:8] != b"ftyp" or head[8:12] == b"qt  " else "video/mp4"
