"""A separated text as a table: one pass over its bytes tells everything needed to stream its rows afterwards."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lierre.people.importing.reading.blocks import BLOCK, UTF8_MARK, whole_lines, wide_codec
from lierre.people.importing.reading.encoding import Census, Encoding, decode
from lierre.people.importing.reading.heading import cleaned, find_header
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.reading.records import ALONE, Layout, cut
from lierre.people.importing.reading.separation import find_layout, hinted
from lierre.people.importing.reading.text_rows import TextRows
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Table

BEGINNING: Final = 500  # lines of the beginning that are looked at
AROUND: Final = 200  # lines looked at from the first one that holds a quote or a backslash
TELLING: Final = 3  # blocks looked at for each of these signs


@dataclass(slots=True)
class _Survey:
    """What one pass over the bytes keeps: how they are encoded, and a few blocks that tell how they are separated."""

    census: Census = field(default_factory=Census)
    first: bytes = b""
    telling: list[tuple[bytes, bytes]] = field(default_factory=list)  # a sign, and a later block that holds it
    empty: bool = True

    def take(self, block: bytes) -> None:
        self.census.count(block)
        if self.empty and block.strip(b" \t\r\n;,|\x1a"):
            self.empty = False
        if self.first.count(b"\n") < BEGINNING and len(self.first) < BLOCK:
            self.first += block
            return
        for sign in (b'"', b"\\"):
            if sum(1 for told, _ in self.telling if told == sign) < TELLING and sign in block:
                self.telling.append((sign, block))

    def samples(self, encoding: Encoding) -> Iterator[list[str]]:
        yield _lines(self.first, encoding, self.census.changes)[:BEGINNING]
        for sign, block in self.telling:
            lines = _lines(block, encoding, self.census.changes)
            start = next((place for place, line in enumerate(lines) if sign.decode() in line), 0)
            yield lines[start : start + AROUND]


def open_text(origin: Origin, limits: Limits = LIMITS) -> Table:
    survey = _Survey()
    for block in whole_lines(origin, limits):
        survey.take(block)
    if survey.empty:
        raise Unreadable("empty", origin.name)
    encoding = survey.census.encoding
    samples = list(survey.samples(encoding))
    layout = find_layout(samples, hinted(samples[0][0]))
    if layout is None:
        raise Unreadable("no_table", origin.name)
    begin, end, cells = _header(samples[0], layout, origin.name)
    header = cleaned(cells, origin.name, limits)
    head = origin.head(4096)
    wide = bool(wide_codec(head))
    return Table(
        name=origin.name,
        header=header,
        header_line=begin + 1,
        rows=TextRows(origin, limits, layout, encoding, survey.census.changes, wide, header, skipped=end),
        encoding="utf-16" if wide else "utf-8-sig" if head.startswith(UTF8_MARK) else encoding,
        delimiter="" if layout.delimiter == ALONE else layout.delimiter,
        quoting=layout.quoting,
        size=origin.size,
    )


def _header(lines: Sequence[str], layout: Layout, name: str) -> tuple[int, int, list[str]]:
    records = [(begin, end, cells) for begin, end, cells, trouble in cut(lines, layout) if trouble in ("", "open")]
    place = find_header([cells for _, _, cells in records])
    if place is None:
        raise Unreadable("no_header", name)
    return records[place]


def _lines(block: bytes, encoding: Encoding, changes: bool) -> list[str]:
    return list(io.StringIO(decode(block, encoding, changes=changes)[0], newline="\n"))
