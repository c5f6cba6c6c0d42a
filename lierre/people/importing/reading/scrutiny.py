"""Rows looked at twice: what is wrong with a line, once it has been split."""

from collections.abc import Iterator, Sequence
from typing import Final

from lierre.people.faults import Fault
from lierre.people.importing.reading.bad_line import BadLine, excerpt
from lierre.people.importing.reading.cells import EDGES, formula_among, settled
from lierre.people.importing.reading.limits import Limits
from lierre.people.importing.table import Row

_BLANK: Final = EDGES + " \t\r\n\x1a"  # 0x1A ended files on old systems
_BEFORE: Final = "\n\r\t \"'" + EDGES


def doubtful_lines(text: str, delimiter: str) -> set[int]:
    """
    Lines of a block, from 0, whose cells must be looked at one by one. Most blocks have none, and are never scanned.

    >>> sorted(doubtful_lines("Hervé;12 rue (bis)\\nRiou;=cmd()\\nTanguy\u00a0;\\n", ";"))
    [1, 2]
    """
    places = {place for sign in "\0\ufffd＝" for place in _each(text, sign)}
    places.update(place for edge in EDGES for place in _each(text, edge))
    places.update(place for place in _each(text, "=") if _begins(text, place, delimiter))
    places.update(place for place in _each(text, "\r") if text[place + 1 : place + 2] != "\n")
    for sign in "(|!":
        if sign != delimiter:
            places.update(place for place in _each(text, sign) if text[place - 1 : place].isalnum())
    return set(_line_numbers(text, sorted(places)))


def _each(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _begins(text: str, place: int, delimiter: str) -> bool:
    return place == 0 or text[place - 1] in _BEFORE or text[place - 1] == delimiter


def _line_numbers(text: str, places: Sequence[int]) -> Iterator[int]:
    line = counted = 0
    for place in places:
        line += text.count("\n", counted, place)
        counted = place
        yield line


class Scrutiny:
    """Says of one line whether it is a row, a fault, or blank, for a table with this header."""

    def __init__(self, header: Sequence[str], limits: Limits) -> None:
        self.header = header
        self.width = len(header)
        self.limits = limits

    def of(self, number: int, cells: Sequence[str], *, cut_short: bool = False) -> Row | Fault | None:
        kept = settled(self._without_blank_end(cells))
        if not any(cell.strip(_BLANK) for cell in kept):
            return None
        fault = self._wrong_width(number, kept, cut_short=cut_short) or self._wrong_cell(number, kept)
        return fault or Row(number, kept)

    def foreign(self, number: int, cells: Sequence[str]) -> BadLine:
        """A line written in another encoding than the rest. Its cells are a guess, for a person to look at."""
        shown = next((cell for cell in cells if not cell.isascii()), "")
        place = list(cells).index(shown) if shown else 0
        return BadLine("encoding_changes", number, self._column(place), excerpt(shown), _storable(cells))

    def _wrong_width(self, number: int, cells: tuple[str, ...], *, cut_short: bool) -> BadLine | None:
        found = len(cells)
        if found == self.width:
            return None
        value, kept = f"{found}/{self.width}", _storable(cells)
        if found > max(self.width, self.limits.cells):
            return BadLine("too_many_cells", number, "", value, kept[: self.limits.columns])
        return BadLine("truncated" if cut_short else "wrong_column_count", number, "", value, kept)

    def _wrong_cell(self, number: int, cells: tuple[str, ...]) -> BadLine | None:
        for place, cell in enumerate(cells):
            if "\0" in cell:
                return BadLine("nul_byte", number, self._column(place), excerpt(cell), _storable(cells))
        formula = formula_among(cells)
        if formula is None:
            return None
        return BadLine("suspicious_formula", number, self._column(formula), excerpt(cells[formula]), cells)

    def _without_blank_end(self, cells: Sequence[str]) -> Sequence[str]:
        """Delimiters that end a line without a column to name them are habit, not data."""
        end = len(cells)
        while end > self.width and not cells[end - 1].strip(_BLANK):
            end -= 1
        return cells[:end]

    def _column(self, place: int) -> str:
        return self.header[place] if place < self.width else ""


def _storable(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.replace("\0", "") for cell in cells)
