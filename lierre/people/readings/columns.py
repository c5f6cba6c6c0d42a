"""The columns of a file: what they are called, what they hold, what they become."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.facts import FIELD, GROUPS
from lierre.people.importing.dialects import TARGETS, by_name, mapped, suggest
from lierre.people.importing.dialects.targets import TABLE
from lierre.people.importing.parts import GENERIC
from lierre.people.importing.reading import open_bytes, open_upload
from lierre.people.importing.reading.origin import ZIP_SIGN
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Document, Row, Table
from lierre.people.models import Delivery

SAMPLES: Final = 3
READ: Final = 200
LONGEST: Final = 60
HEAD: Final = 1 << 18  # bytes of a text
LOADED_WHOLE: Final = 30_000_000  # bytes of a workbook or of an archive; beyond, its columns are shown without samples
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
# Targets that fill several fields, or say them in another way, stand where their field does.
ALIKE: Final = {"full_name": "family", "died_on": "died", "contactable": "do_not_contact", "ine_key": "ine"}


@dataclass(frozen=True, slots=True)
class Column:
    """`target` is empty when the column is left aside. `filled` is the share of cells that say something, in percents."""

    name: str
    sample: str
    target: str | Promise
    filled: int


def how_written(encoding: str, delimiter: str) -> str:
    """
    >>> how_written("utf-8-sig", ",").split(", ")[0]
    'UTF-8'
    """
    told = [ENCODINGS.get(encoding, encoding), str(DELIMITERS.get(delimiter, delimiter))]
    return ", ".join(filter(None, told)) or "–"


def first_rows(delivery: Delivery) -> list[Row]:
    """The first lines of the table that can be read. None once the files are destroyed."""
    whole = (row for row in rows_of(delivery) if len(row.cells) == len(delivery.header))
    return list(islice(whole, READ))


def samples_of(rows: Iterable[Row]) -> dict[int, list[str]]:
    """For each column by its place, its first values that are not blank, each once."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            held = found.setdefault(place, [])
            if cell.strip() and len(held) < SAMPLES and cell[:LONGEST] not in held:
                held.append(cell[:LONGEST])
    return found


def columns_of(delivery: Delivery) -> list[Column]:
    """What each column of a table that is recognised becomes, with its first value."""
    if not delivery.header or not delivery.dialect:
        return []
    dialect = mapped(delivery.mapping) if delivery.dialect == GENERIC else by_name(delivery.dialect)
    rows = first_rows(delivery)
    meaning, samples = dialect.columns(delivery.header), samples_of(rows)
    return [
        Column(
            name,
            next(iter(samples.get(place, ())), ""),
            TABLE[target][0] if (target := meaning[name]) else "",
            round(100 * sum(bool(row.cells[place].strip()) for row in rows) / max(1, len(rows))),
        )
        for place, name in enumerate(delivery.header)
    ]


def suggested_for(delivery: Delivery, rows: Iterable[Row]) -> dict[str, str]:
    """A first guess, by the names of the columns and by what stands below them."""
    return suggest(delivery.header, rows)


def targets() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """What a column can become, gathered as a person thinks of it, for a list of choices."""
    found: dict[str | Promise, list[tuple[str, str | Promise]]] = {}
    for target, label in TARGETS.items():
        found.setdefault(family_of(target), []).append((target, label))
    return list(found.items())


def family_of(target: str) -> str | Promise:
    """
    >>> str(family_of("positions.title")), str(family_of("given")), str(family_of("lost"))
    ('Positions', 'Identity', 'States')
    """
    group = target.partition(".")[0]
    if group in GROUPS:
        return GROUPS[group]
    known = FIELD.get(ALIKE.get(target, target))
    return GROUPS[known.group] if known else gettext_lazy("About the line")


def rows_of(delivery: Delivery) -> Iterator[Row]:
    if not delivery.path.exists():
        return
    try:
        part = beginning_of(delivery)
    except Unreadable:
        return
    if isinstance(part, Table):
        yield from (row for row in part.rows() if isinstance(row, Row))


def beginning_of(delivery: Delivery) -> Table | Document | None:
    """Only the head of a text, however long: a page must not wait for a whole base to be looked over."""
    with delivery.path.open("rb") as file:
        head = file.read(HEAD)
    if delivery.delimiter and not head.startswith(ZIP_SIGN):
        wide = delivery.encoding.startswith("utf-16")
        return open_bytes(head if len(head) < HEAD or wide else head[: head.rfind(b"\n") + 1], delivery.name)
    return open_upload(delivery.path, delivery.name)[delivery.part] if delivery.size <= LOADED_WHOLE else None


def label_of_dialect(name: str) -> str:
    """The system that writes so. A preset that a later version no longer has is called by its name."""
    if name == GENERIC:
        return _("columns explained here")
    try:
        return str(by_name(name).label)
    except KeyError:
        return name
