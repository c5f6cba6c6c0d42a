"""The lines of an import, in the one order that every reading of it follows."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

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


@lru_cache(maxsize=64)
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
        reading = reading_of(delivery, part, labels)
        items = iter(items_of(delivery, part))
        while some := list(islice(items, size)):
            yield Batch(reading, rank, some)
            rank += len(some)


def reading_of(delivery: "Delivery", part: Table | Document, labels: str = "") -> Reading:
    header = part.header if isinstance(part, Table) else ()
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
    if not found:
        return ""
    path = imported.folder / "labels.json"
    path.write_text(json.dumps(found, ensure_ascii=False))
    return str(path)
