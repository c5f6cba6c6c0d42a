"""The columns of a file: what they are called, what they hold, what they become."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table
from lierre.people.models import Delivery

SAMPLES: Final = 3
READ: Final = 60
LONGEST: Final = 60
DELIMITERS: Final[dict[str, str | Promise]] = {
    ";": gettext_lazy("semicolon"),
    ",": gettext_lazy("comma"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}
ENCODINGS: Final = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252", "iso-8859-15": "ISO 8859-15", "ascii": "ASCII",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """`target` is empty when the column is left aside."""

    name: str
    sample: str
    target: str | Promise


def how_written(encoding: str, delimiter: str) -> str:
    """
    >>> how_written("utf-8-sig", ",").split(", ")[0]
    'UTF-8'
    """
    told = [ENCODINGS.get(encoding, encoding), str(DELIMITERS.get(delimiter, delimiter))]
    return ", ".join(filter(None, told)) or "–"


def samples_of(delivery: Delivery) -> dict[int, list[str]]:
    """For each column by its place, its first values that are not blank. Nothing once the files are destroyed."""
    found: dict[int, list[str]] = {}
    for row in islice(rows_of(delivery), READ):
        for place, cell in enumerate(row.cells):
            held = found.setdefault(place, [])
            if cell.strip() and len(held) < SAMPLES and cell[:LONGEST] not in held:
                held.append(cell[:LONGEST])
    return found


def rows_of(delivery: Delivery) -> Iterator[Row]:
    from lierre.people.importing.reading import open_upload

    if not delivery.path.exists():
        return
    try:
        part = open_upload(delivery.path, delivery.name)[delivery.part]
    except Unreadable:
        return
    if isinstance(part, Table):
        yield from (row for row in part.rows() if isinstance(row, Row))


def label_of_dialect(name: str) -> str:
    return _("columns explained here") if name == "generic" else name
