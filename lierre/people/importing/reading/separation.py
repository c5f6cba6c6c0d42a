"""How a text is separated, told from its content: delimiter, quotes or none, backslash or none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from lierre.people.importing.reading.records import ALONE, Layout, cut, strictly_quoted

DELIMITERS: Final = ";\t,|"
_HINT: Final = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)  # a first line that some spreadsheets write
ENOUGH: Final = 0.3  # share of lines that must agree for a text to be a table


def hinted(first_line: str) -> str:
    """
    The delimiter that a first line announces.

    >>> hinted("sep=;\\n"), hinted("Nom;Prénom\\n")
    (';', '')
    """
    hint = _HINT.fullmatch(first_line)
    return hint.group(1) if hint else ""


def find_layout(samples: Sequence[Sequence[str]], hint: str = "") -> Layout | None:
    """
    The separation under which most lines have one number of cells; None when no reading makes a table.

    `samples` are runs of lines, the beginning of the text first. At equality, the reading with more columns wins.
    """
    best, layout = (0.0, 0), None
    for delimiter in hint or DELIMITERS:
        candidate = _quoted_or_not(samples, delimiter)
        share, width = _agreement(samples, candidate)
        if width > 1 and share >= ENOUGH and (round(share, 2), width) > best:
            best, layout = (round(share, 2), width), candidate
    return layout or _one_column(samples)


def _quoted_or_not(samples: Sequence[Sequence[str]], delimiter: str) -> Layout:
    """
    Quotes enclose cells when most of those that open a cell also close it; otherwise they are text.

    Without any, tab-separated text is taken to be unquoted, as AlumnForce writes it, and any other to be quoted.
    """
    edge = re.escape(delimiter)
    cell = re.compile(rf'(?:^|{edge})"[^"]*(?:""[^"]*)*"(?={edge}|\r?$)', re.MULTILINE)
    opening = re.compile(rf'(?:^|{edge})"(?=[^"]*")', re.MULTILINE)  # the last quote of a sample may close after it
    enclosed = broken = 0
    for text in map("".join, samples):
        rest, cells = cell.subn("", text)
        enclosed += cells
        broken += len(opening.findall(rest))
    if (enclosed and enclosed >= broken) or not (enclosed or broken or delimiter == "\t"):
        return Layout(delimiter)
    return Layout(delimiter, quoting=False, escape=_escapes(samples, delimiter))


def _agreement(samples: Sequence[Sequence[str]], layout: Layout) -> tuple[float, int]:
    """Share of lines in the most frequent width above one, and that width. Badly quoted lines agree with nothing."""
    lines: Counter[int] = Counter()
    for sample in samples:
        for record_lines, cells in _records(sample, layout):
            if cells != []:
                lines[len(cells or ())] += record_lines
    width = max((width for width in lines if width > 1), key=lambda width: (lines[width], width), default=0)
    return (lines[width] / lines.total(), width) if width else (0.0, 0)


def _records(lines: Sequence[str], layout: Layout) -> Iterator[tuple[int, list[str] | None]]:
    """How many lines each record takes, and its cells, or None when it is badly quoted."""
    while lines:
        for begin, end, cells, trouble in cut(lines, layout):
            if trouble == "open":  # as a quote never closed would be read: one line is lost
                yield 1, None
                lines = lines[begin + 1 :]
                break
            badly = trouble or (layout.quoting and not _well_quoted(lines[begin:end], layout))
            yield end - begin, None if badly else cells
        else:
            return


def _well_quoted(lines: Sequence[str], layout: Layout) -> bool:
    return not any('"' in line for line in lines) or strictly_quoted(lines, layout)


def _one_column(samples: Sequence[Sequence[str]]) -> Layout | None:
    """A list: short lines under a name, or text in quotes under a name."""
    beginning = [line for line in samples[0] if line.strip()]
    if not beginning or len(beginning[0]) > 80:
        return None
    prose = sum(1 for line in beginning if len(line) > 120 or any(sign in line for sign in DELIMITERS))
    quoted = any(line.startswith('"') for line in beginning[1:2])
    return Layout(ALONE) if quoted or prose <= ENOUGH * len(beginning) else None


def _escapes(samples: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Every backslash stands before something that would otherwise separate, as AlumnForce writes them."""
    after = Counter(sign for sample in samples for line in sample for sign in re.findall(r"\\(.|\n)", line))
    return bool(after) and set(after) <= {"\\", '"', "\n", "\r", delimiter}
