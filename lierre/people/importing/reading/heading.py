"""The header of a table: found below titles and notes, refused when two columns bear one name."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from lierre.people.importing.reading.cells import EDGES
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.reading.limits import Limits
from lierre.people.importing.statement import Unreadable

LOOKED_AT: Final = 60  # records among which a header is looked for
LONGEST_NAME: Final = 400  # an enumeration inside a header of AlumnForce has 350 characters
# A year alone may name a column.
_VALUE: Final = re.compile(
    r"(?!(?:19|20)\d\d$)(?:[\d\s.,/:+\-–()%€]*\d[\d\s.,/:+\-–()%€]*|[^@\s]+@[^@\s]+\.[a-z]{2,}|https?://\S+)"
)


def find_header(records: Sequence[Sequence[str]]) -> int | None:
    """
    Place of the header among the first records: the first that names nearly as many columns as lines usually fill.

    >>> find_header([["Notes:"], ["When exporting…"], [], ["First Name", "Last Name", "URL"], ["Ada", "Exemple", ""]])
    3
    >>> find_header([["Diplômés", ""], ["Extrait le", "12/03/2024"], ["Nom", "Prénom"], ["Hervé", "Amélie"]])
    2
    """
    filled = [[cell for cell in record if cell.strip()] for record in records[:LOOKED_AT]]
    usual = _usual_width([len(cells) for cells in filled])
    for place, cells in enumerate(filled):
        if cells and len(cells) >= 0.6 * usual and _names(cells):
            return place
    return None


def _usual_width(widths: Sequence[int]) -> int:
    """The most frequent number of filled cells among lines that have several; at equality, the larger."""
    several = Counter(width for width in widths if width > 1)
    return max(several, key=lambda width: (several[width], width)) if several else 1


def _names(cells: Sequence[str]) -> bool:
    values = sum(1 for cell in cells if len(cell) > LONGEST_NAME or _VALUE.fullmatch(cell.strip()))
    return values <= len(cells) / 4


def cleaned(header: Sequence[str], name: str, limits: Limits) -> tuple[str, ...]:
    """The names of the columns, without the nameless ones at the end. Refused: a name borne twice, or that is no text."""
    names = [" ".join(cell.strip(EDGES + " \t\r\n").split()) for cell in header]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        raise Unreadable("too_many_columns", str(len(names)))
    folded = Counter(fold_header(column) for column in names if column)
    for column in names:
        if "\0" in column:
            raise Unreadable("nul_in_header", name, column.replace("\0", ""))
        if folded[fold_header(column)] > 1:
            raise Unreadable("duplicate_header", name, column)
    return tuple(names)
