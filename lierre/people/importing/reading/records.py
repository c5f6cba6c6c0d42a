"""Lines of text cut into records, where a quote that is never closed costs one line and not the rest of the file."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

ALONE: Final = "\x1f"  # the delimiter of a file that has one column: never met
_END: Final = "\ufdd0"  # a noncharacter, fed after the last line to see whether that line was still open
# A backslash keeps the whole end of a line inside a cell; the csv module would let it keep the return only.
_ESCAPED_END: Final = re.compile(r"((?<!\\)(?:\\\\)*\\)\r\n\Z")
Trouble = Literal["", "open", "unclosed_quote", "stray_line_break", "cell_too_long"]
Record = tuple[int, int, list[str], Trouble]  # first line, line after the last (both from 0), cells, trouble


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is separated. `escape`: without quotes, a backslash keeps delimiters and line ends inside a cell."""

    delimiter: str
    quoting: bool = True
    escape: bool = False

    @property
    def special(self) -> str:
        """The character without which a line can simply be split; empty when none needs care."""
        if self.quoting:
            return '"'
        return "\\" if self.escape else ""

    @property
    def options(self) -> dict[str, Any]:
        if self.quoting:
            return {"delimiter": self.delimiter}
        return {"delimiter": self.delimiter, "quoting": csv.QUOTE_NONE, "escapechar": "\\" if self.escape else None}


def cut(lines: Sequence[str], layout: Layout) -> Iterator[Record]:
    """
    Records of `lines`, which keep their ends. The last one is "open" when it goes on after the last line.

    >>> list(cut(['1;"Le\\n', 'Goff"\\n', '2;"Riou\\n'], Layout(";")))
    [(0, 2, ['1', 'Le\\nGoff'], ''), (2, 3, ['2', 'Riou\\n\ufdd0'], 'open')]
    """
    if layout.escape:
        lines = [_ESCAPED_END.sub(r"\1\n", line) for line in lines]
    begin = 0
    while begin < len(lines):
        for record in _cut_from(lines, begin, layout):
            begin = record[1]
            yield record


def _cut_from(lines: Sequence[str], begin: int, layout: Layout) -> Iterator[Record]:
    """Stops after a record in trouble, so that reading starts anew on the line after the bad one."""
    start, last = begin, len(lines)
    reader = csv.reader(chain(lines[begin:], (_END,)), **layout.options)
    while True:
        try:
            cells = next(reader)
        except csv.Error as error:
            yield begin, begin + 1, [], _trouble(error, lines[begin])
            return
        end = start + reader.line_num
        if end > last:
            if begin < last:
                yield begin, last, cells, "open"
            return
        if end > begin + 1 and layout.quoting and not strictly_quoted(lines[begin:end], layout):
            # The quote that seemed to close this record opens a field of a later line.
            yield begin, begin + 1, [], "unclosed_quote"
            return
        yield begin, end, cells, ""
        begin = end


def _trouble(error: csv.Error, line: str) -> Trouble:
    """A return alone outside quotes, a field longer than any is read, or one without end."""
    if "new-line" in str(error):
        return "stray_line_break"
    return "cell_too_long" if len(line) > csv.field_size_limit() else "unclosed_quote"


def strictly_quoted(lines: Sequence[str], layout: Layout) -> bool:
    try:
        for _ in csv.reader(lines, strict=True, **layout.options):
            pass
    except csv.Error:
        return False
    return True
