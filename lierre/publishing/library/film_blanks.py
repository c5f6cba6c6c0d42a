"""A film without what says who filmed it, when, where and with what: blanks of the same length stand in its place.

Every place of its index stays true. What is kept is named; all the rest is blank: dashboards and helicopters write where they
are into boxes that are said to be free.
"""

import shutil
from bisect import bisect
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final

from lierre.publishing.library.films import Box, boxes, content, handler, tracks

KEPT: Final = frozenset({
    b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"pdin",
    b"mvhd", b"iods", b"trak", b"mvex", b"tkhd", b"tapt", b"edts", b"elst", b"tref", b"trgr", b"mdia",
    b"mdhd", b"hdlr", b"elng", b"minf", b"vmhd", b"smhd", b"hmhd", b"nmhd", b"sthd", b"gmhd", b"dinf", b"stbl",
    b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"stsh", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sdtp",
    b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"padb", b"stdp",
})  # fmt: skip
# Tracks of what is seen, heard and read; others are places, speeds, the bearing of a camera, second by second.
SEEN: Final = frozenset({b"vide", b"soun", b"sbtl", b"text", b"subt", b"clcp"})
# When it was filmed: two moments at the head of each.
DATED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
# Where a description of images (`stsd`) names who wrote the program, and the camera.
MAKERS: Final = ((28, 4), (58, 32))
CHUNK: Final = 1 << 20
MOST_CHUNKS: Final = 2_000_000
HEAVIEST: Final = 64_000_000  # bytes of a table


def clean(source: Path, target: Path) -> None:
    """A copy, whole."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        every = list(boxes(file, 0, target.stat().st_size))
        for mine in tracks(every):
            bare_track(file, mine, every)
        for box in every:
            if box.kind in DATED:
                overwrite(file, box.first, undated(content(file, box, 20), box))
            elif box.kind == b"hdlr":  # after what the track is for: the maker, a name
                blank(file, box.first + 12, box.last)
        for box in every:
            if box.kind not in KEPT:
                forget(file, box)


def bare_track(file: IO[bytes], mine: dict[bytes, Box], every: list[Box]) -> None:
    purpose = handler(file, mine)
    if purpose not in SEEN:
        for first, last in list(within(chunks(file, mine), [box for box in every if box.kind == b"mdat"])):
            blank(file, first, last)
        forget(file, mine[b"trak"])
    elif purpose == b"vide" and b"stsd" in mine:
        box = mine[b"stsd"]
        for at, long in MAKERS:
            blank(file, box.first + at, min(box.first + at + long, box.last))


def within(places: Iterator[tuple[int, int]], room: list[Box]) -> Iterator[tuple[int, int]]:
    """Where its index tells the truth: nothing but images and sounds is ever blank, and no more than there is of them."""
    starts, left = [box.first for box in room], sum(box.last - box.first for box in room)
    for first, last in places:
        inside = room[bisect(starts, first) - 1] if starts and starts[0] <= first else None
        last = min(last, inside.last) if inside else first
        if left < last - first:
            return
        left -= max(last - first, 0)
        yield first, last


def chunks(file: IO[bytes], mine: dict[bytes, Box]) -> Iterator[tuple[int, int]]:
    """From where to where the samples of a track are (`stco`, `stsc`, `stsz`)."""
    table, width = (mine[b"co64"], 8) if b"co64" in mine else (mine.get(b"stco"), 4)
    if table is None or b"stsz" not in mine or b"stsc" not in mine:
        return
    starts = numbers(content(file, table, HEAVIEST)[8:], width)
    counts = samples(content(file, mine[b"stsc"], HEAVIEST)[8:])
    sizes = content(file, mine[b"stsz"], HEAVIEST)
    same, each = int.from_bytes(sizes[4:8], "big"), numbers(sizes[12:], 4)
    for start, count in islice(zip(starts, counts, strict=False), MOST_CHUNKS):
        yield start, start + (same * count if same else sum(islice(each, count)))


def samples(table: bytes) -> Iterator[int]:
    """
    How many there are in each chunk: rows of the first chunk of a run, how many in each, and what they are.

    >>> rows = b"".join(value.to_bytes(4, "big") for value in (1, 3, 1, 3, 2, 1))
    >>> list(islice(samples(rows), 5))
    [3, 3, 2, 2, 2]
    """
    rows = list(numbers(table[: len(table) // 12 * 12], 4))
    firsts, counts = rows[::3], rows[1::3]
    chunk = 1
    for count, until in zip(counts, [*firsts[1:], MOST_CHUNKS], strict=False):
        while chunk < min(until, MOST_CHUNKS):
            yield count
            chunk += 1


def numbers(table: bytes, width: int) -> Iterator[int]:
    return (int.from_bytes(table[at : at + width], "big") for at in range(0, len(table) - width + 1, width))


def forget(file: IO[bytes], box: Box) -> None:
    overwrite(file, box.start + 4, b"free")
    blank(file, box.first, box.last)


def blank(file: IO[bytes], first: int, last: int) -> None:
    if last > first:
        file.seek(first)
    while first < last:
        first += file.write(bytes(min(last - first, CHUNK)))


def overwrite(file: IO[bytes], at: int, content: bytes) -> None:
    file.seek(at)
    file.write(content)


def undated(head: bytes, box: Box) -> bytes:
    r"""
    Its beginning, with no day of filming in it: four bytes for each moment, or eight.

    >>> undated(b"\0\0\0\7DAY1DAY2rest", Box(b"mvhd", 0, 8, 108, 0))
    b'\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00rest'
    """
    room = min(16 if head[:1] == b"\x01" else 8, max(box.last - box.first - 4, 0), max(len(head) - 4, 0))
    return head[:4] + bytes(room) + head[4 + room :]
