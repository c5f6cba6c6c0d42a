"""The rows of a separated text, streamed: blocks without quotes are split at once, the others are cut with care."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lierre.people.faults import Fault
from lierre.people.importing.reading.bad_line import BadLine, excerpt
from lierre.people.importing.reading.blocks import whole_lines
from lierre.people.importing.reading.encoding import Encoding, decode
from lierre.people.importing.reading.limits import Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.reading.records import Layout, cut
from lierre.people.importing.reading.scrutiny import Scrutiny, doubtful_lines
from lierre.people.importing.table import Row

LONGEST_RECORD: Final = 2_000  # lines: a record that is longer has lost its closing quote


@dataclass(frozen=True, slots=True)
class TextRows:
    """How to read a text again from its first row. Calling it starts a new reading."""

    origin: Origin
    limits: Limits
    layout: Layout
    encoding: Encoding
    changes: bool  # some lines are in another encoding
    wide: bool  # it was in two-byte characters, where what could not be decoded became U+FFFD
    header: tuple[str, ...]
    skipped: int  # lines up to the header, included

    def __call__(self) -> Iterator[Row | Fault]:
        return _Reading(self).rows()


@dataclass(slots=True)
class _Reading:
    """One reading under way. Lines are numbered from 1."""

    how: TextRows
    number: int = 1  # of the first line not yet given
    left: list[str] = field(default_factory=list)  # lines of a record that the next block goes on with
    special: set[int] = field(default_factory=set)  # lines to look at one by one
    foreign: set[int] = field(default_factory=set)  # of which lines in another encoding
    scrutiny: Scrutiny = field(init=False)

    def __post_init__(self) -> None:
        self.scrutiny = Scrutiny(self.how.header, self.how.limits)

    def rows(self) -> Iterator[Row | Fault]:
        special = self.how.layout.special
        for block in self._after_header():
            text = self._decoded(block)
            if self.left or (special and special in text):
                yield from self._cut([*self.left, *io.StringIO(text, newline="\n")])
            else:
                yield from self._split(text.replace("\r\n", "\n").rstrip("\r").split("\n"))
        while self.left:
            yield from self._cut_short()

    def _after_header(self) -> Iterator[bytes]:
        to_skip = self.how.skipped
        for block in whole_lines(self.how.origin, self.how.limits):
            ends = block.count(b"\n") if to_skip else 0
            if to_skip > ends:
                self.number, to_skip = self.number + ends, to_skip - ends
                continue
            self.number += to_skip
            yield block.split(b"\n", to_skip)[-1] if to_skip else block
            to_skip = 0

    def _decoded(self, block: bytes) -> str:
        text, foreign = decode(block, self.how.encoding, changes=self.how.changes)
        doubtful = doubtful_lines(text, self.how.layout.delimiter)
        if self.how.wide and "\ufffd" in text:
            foreign = [place for place, line in enumerate(text.split("\n")) if "\ufffd" in line]
        if not self.left:
            self.special.clear()
            self.foreign.clear()
        first = self.number + len(self.left)
        self.foreign.update(first + place for place in foreign)
        self.special.update(first + place for place in doubtful)
        self.special |= self.foreign
        if not text.endswith("\n"):
            self.special.add(first + text.count("\n"))  # perhaps cut short
        return text

    def _split(self, lines: list[str]) -> Iterator[Row | Fault]:
        """Lines without their ends, none of which needs the care that quotes ask. The last one is what follows them."""
        unfinished = self.number + len(lines) - 1 if lines[-1] else 0
        width, delimiter, special = self.scrutiny.width, self.how.layout.delimiter, self.special
        for number, line in enumerate(lines if unfinished else lines[:-1], self.number):
            cells = tuple(line.split(delimiter))
            if len(cells) == width and number not in special and (cells[0] or any(cells)):
                yield Row(number, cells)
            elif "\r" in line:
                yield BadLine("stray_line_break", number, "", excerpt(line), cells)
            elif taken := self._look(number, number + 1, cells, cut_short=number == unfinished):
                yield taken
        self.number += len(lines) - (0 if unfinished else 1)

    def _cut(self, lines: list[str]) -> Iterator[Row | Fault]:
        """Lines with their ends, some of which are quoted."""
        first, width, special, self.left = self.number, self.scrutiny.width, self.special, []
        unfinished = 0 if lines[-1].endswith("\n") else first + len(lines) - 1
        for begin, end, cells, trouble in cut(lines, self.how.layout):
            self.number = first + begin
            if trouble == "open":
                yield from self._keep(lines[begin:])
                return
            if trouble:
                yield self._unsplit(lines[begin], trouble)
            elif (
                len(cells) == width
                and (not special or special.isdisjoint(range(self.number, first + end)))
                and (cells[0] or any(cells))
            ):
                yield Row(self.number, tuple(cells))
            elif taken := self._look(self.number, first + end, cells, cut_short=first + end - 1 == unfinished):
                yield taken
        self.number = first + len(lines)

    def _keep(self, lines: list[str]) -> Iterator[Row | Fault]:
        if len(lines) <= LONGEST_RECORD:
            self.left = lines
            return
        yield self._unsplit(lines[0], "unclosed_quote")
        self.number += 1
        yield from self._split("".join(lines[1:]).replace("\r\n", "\n").split("\n"))

    def _cut_short(self) -> Iterator[Row | Fault]:
        """The file ends inside quotes. Lines after the one that opened them are given back when they look like rows."""
        opening, following = self.left[0], self.left[1:]
        self.left = []
        yield self._unsplit(opening, "truncated")
        self.number += 1
        if any(line.count(self.how.layout.delimiter) >= self.scrutiny.width - 1 > 0 for line in following):
            yield from self._cut(following)

    def _look(self, number: int, after: int, cells: Sequence[str], *, cut_short: bool) -> Row | Fault | None:
        stopped = cut_short and len(cells) != self.scrutiny.width  # a letter cut in two is no change of encoding
        if self.foreign and not stopped and not self.foreign.isdisjoint(range(number, after)):
            return self.scrutiny.foreign(number, cells)
        return self.scrutiny.of(number, cells, cut_short=cut_short)

    def _unsplit(self, line: str, code: str) -> BadLine:
        """The cells are what lies between delimiters, quotes and all, so that a person can mend them."""
        plain = line.strip("\r\n").replace("\0", "")
        return BadLine(code, self.number, "", excerpt(plain), tuple(plain.split(self.how.layout.delimiter)))
