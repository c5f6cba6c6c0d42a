"""The lines of an import, in the one order that every reading of it follows."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.faults import Fault
from lierre.people.importing.dialects import SILENT, by_name, mapped
from lierre.people.importing.reading import open_upload
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document, Row, Table

if TYPE_CHECKING:
    from lierre.people.models import Delivery, Import

Item = Row | Fault | Statement
GENERIC: Final = "generic"
# Signs that separated cells and lines long before files did, and that no file holds any more.
CELL: Final = "\x1f"
LINE: Final = "\x1e"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one delivery are read: enough for another process to do it."""

    delivery: int
    dialect: str
    header: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()
    labels: str = ""  # file of the labels learnt from sister tables


@dataclass(frozen=True, slots=True)
class Batch:
    """Some lines that follow each other. `first` is the rank of the first of them in the whole import."""

    reading: Reading
    first: int
    items: Sequence[Item]

    def __reduce__(self) -> Any:
        """Rows go as one text; what is no row, which is rare, goes with its place."""
        rows = [item for item in self.items if isinstance(item, Row)]
        text = LINE.join([CELL.join(row.cells) for row in rows])
        if text.count(CELL) + text.count(LINE) + 1 != sum([len(row.cells) for row in rows]):
            return Batch, (self.reading, self.first, self.items)  # a cell holds what was to separate, or there is none
        others = [(place, item) for place, item in enumerate(self.items) if not isinstance(item, Row)]
        return batch_again, (self.reading, self.first, [row.number for row in rows], text, others)


def batch_again(
    reading: Reading, first: int, numbers: Sequence[int], text: str, others: Sequence[tuple[int, Item]]
) -> Batch:
    items: list[Item] = [
        Row(number, tuple(line.split(CELL))) for number, line in zip(numbers, text.split(LINE), strict=True)
    ]
    for place, item in others:
        items.insert(place, item)
    return Batch(reading, first, items)


@lru_cache(maxsize=16)
def understanding(reading: Reading) -> Callable[[Row], Statement | Fault]:
    """The function that reads one row. Kept, since each process asks for every batch."""
    labels = json.loads(Path(reading.labels).read_text()) if reading.labels else {}
    dialect = mapped(dict(reading.mapping)) if reading.dialect == GENERIC else by_name(reading.dialect)
    return dialect.understand(reading.header, labels)


def understood(reading: Reading, item: Item) -> Statement | Fault:
    return understanding(reading)(item) if isinstance(item, Row) else item


def part_of(delivery: "Delivery") -> Table | Document:
    """Open the table or document that was delivered."""
    if not delivery.path.exists():
        raise Refused(_("%(file)s is no longer kept: bring it again.") % {"file": delivery.name})
    return open_upload(delivery.path, delivery.name)[delivery.part]


def batches(imported: "Import", size: int) -> Iterator[Batch]:
    """Every line in order, `size` at a time."""
    rank = 0
    labels = labels_of(imported)
    for delivery in imported.deliveries.exclude(dialect="").order_by("order", "id"):
        part = part_of(delivery)
        reading = reading_of(delivery, part.header if isinstance(part, Table) else (), labels)
        items = iter(items_of(delivery, part))
        while some := list(islice(items, size)):
            yield Batch(reading, rank, some)
            rank += len(some)


def header_of(delivery: "Delivery") -> tuple[str, ...]:
    """As it was read when the file came: the file is not opened."""
    if not delivery.path.exists():
        raise Refused(_("%(file)s is no longer kept: bring it again.") % {"file": delivery.name})
    return tuple(delivery.header)


def reading_of(delivery: "Delivery", header: tuple[str, ...], labels: str = "") -> Reading:
    return Reading(delivery.pk, delivery.dialect, header, tuple(sorted(delivery.mapping.items())), labels)


def items_of(delivery: "Delivery", part: Table | Document) -> Iterator[Item]:
    if delivery.dialect in SILENT:
        return iter(())
    if isinstance(part, Table):
        return part.rows()
    said: Iterator[Item] = by_name(delivery.dialect).statements(part)
    return said


def labels_of(imported: "Import") -> str:
    """Learn the labels of codes from the tables that hold them, once, and leave them in a file. "" when there are none."""
    found: dict[str, str] = {}
    for delivery in imported.deliveries.exclude(dialect__in=["", GENERIC]):
        part = part_of(delivery)
        if isinstance(part, Table):
            rows = (row for row in part.rows() if isinstance(row, Row))
            found |= by_name(delivery.dialect).labels(part.header, rows)
    path = labels_path(imported)
    if not found:
        path.unlink(missing_ok=True)
        return ""
    path.write_text(json.dumps(found, ensure_ascii=False))
    return str(path)


def labels_kept(imported: "Import") -> str:
    """The file of labels that the rehearsal left, or "" when there were none."""
    path = labels_path(imported)
    return str(path) if path.exists() else ""


def labels_path(imported: "Import") -> Path:
    return imported.folder / "labels.json"
