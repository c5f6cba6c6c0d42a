"""Films in the container of MP4 and QuickTime: read as far as needed to believe it, and cleaned of what says who and where.

ISO/IEC 14496-12: a file is a row of boxes, each with its length and its kind; `moov` holds how long, how large, and where
the frames are.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

HOLDERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
# What says who filmed, with what and where: text, places, XMP. Its room is kept, so that nothing else moves.
TELLING: Final = frozenset({b"udta", b"meta", b"uuid"})
# When it was filmed: two moments at the head of each.
DATED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
CODECS: Final = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"mp4v", b"vp09"})
MOST_BOXES: Final = 20_000
MOST_LONG: Final = 4 * 3600
CHUNK: Final = 1 << 20


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
    brands = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif")
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"} and not head[8:12].startswith(brands)


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
    seconds = length(content(file, next(box for box in every if box.kind == b"mvhd"), 40) if b"mvhd" in kinds else b"")
    for mine in tracks(every):
        if handler(file, mine) == b"vide":
            width, height = shape(content(file, mine[b"tkhd"], 96) if b"tkhd" in mine else b"")
            codec = content(file, mine[b"stsd"], 16)[12:16] if b"stsd" in mine else b""
            if codec not in CODECS:
                raise Lies(_("no network reads the way its images are written"))
            where_it_says(file, mine, size)
            return Film(kind_of(file), width, height, seconds, codec.decode())
    raise Lies(_("it holds no images"))


def boxes(file: IO[bytes], start: int, end: int, track: int = 0) -> Iterator[Box]:
    """Those of the file, and those inside the ones that hold others. Their lengths must fill their room exactly."""
    at, count = start, 0
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
        count += 1
        if count > MOST_BOXES:
            raise Lies(_("it is made of too many pieces"))
        within = at + 1 if kind == b"trak" else track
        yield Box(kind, at, first, last, within)
        if kind in HOLDERS:
            yield from boxes(file, first, last, within)
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
    In seconds, from `mvhd`: a number of ticks, and how many of them make a second.

    >>> length(bytes(12) + (600).to_bytes(4, "big") + (4500).to_bytes(4, "big"))
    7.5
    """
    wide = header[:1] == b"\x01"
    ticks, whole = (header[20:24], header[24:32]) if wide else (header[12:16], header[16:20])
    a_second, every = int.from_bytes(ticks, "big"), int.from_bytes(whole, "big")
    if not a_second or not every or every / a_second > MOST_LONG:
        raise Lies(_("it does not say how long it lasts"))
    return every / a_second


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


def clean(source: Path, target: Path) -> None:
    """A copy where what says who and where is a blank of the same length: every place of the index stays true."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        size = target.stat().st_size
        every = list(boxes(file, 0, size))
        telling = [box for box in every if box.kind in TELLING]
        telling += [box for box in every if box.kind == b"trak" and tells(file, every, box)]
        for box in telling:
            file.seek(box.start + 4)
            file.write(b"free")
            file.seek(box.first)
            left = box.last - box.first
            while left:
                left -= file.write(bytes(min(left, CHUNK)))
        for box in every:
            if box.kind in DATED:
                head = undated(content(file, box, 20), box)
                file.seek(box.first)
                file.write(head)


def undated(head: bytes, box: Box) -> bytes:
    r"""
    Its beginning, with no day of filming in it: four bytes for each moment, or eight.

    >>> undated(b"\0\0\0\7DAY1DAY2rest", Box(b"mvhd", 0, 8, 108, 0))
    b'\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00rest'
    """
    room = min(16 if head[:1] == b"\x01" else 8, max(box.last - box.first - 4, 0), max(len(head) - 4, 0))
    return head[:4] + bytes(room) + head[4 + room :]


def tells(file: IO[bytes], every: list[Box], track: Box) -> bool:
    """Whether a track is no image and no sound: places, speeds, the bearing of a camera, second by second."""
    for box in every:
        if box.track == track.track and box.kind == b"hdlr":
            return content(file, box, 12)[8:12] not in {
                b"vide",
                b"soun",
                b"sbtl",
                b"text",
                b"subt",
                b"clcp",
                b"alis",
                b"url ",
            }
    return True
