"""A dialect is one way that real systems write persons down. Each is recognised by its header, never by a file's name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from django.utils.functional import Promise

from lierre.people.faults import Fault
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document, Row

Understand = Callable[[Row], Statement | Fault]


class TableDialect(Protocol):
    """Reads tables, a line at a time. Must be cheap to rebuild: worker processes do it from its name."""

    name: str  # "apogee-individu", stable, stored
    label: str | Promise  # shown
    source_kind: str  # usual kind of source, a key of SOURCE_KINDS
    order: int  # tables of one import are read in this order: persons before what hangs on them

    def recognises(self, header: Sequence[str]) -> float:
        """How sure we are, 0 to 1, that a table with this header is ours."""

    def columns(self, header: Sequence[str]) -> dict[str, str]:
        """For the page that explains the file: column as written → target such as "given" or "studies.year", "" = left aside."""

    def understand(self, header: Sequence[str], labels: Mapping[str, str]) -> Understand:
        """The function that reads one row. `labels` gives labels of codes found in sister tables of the same import."""

    def labels(self, header: Sequence[str], rows: Iterator[Row]) -> dict[str, str]:
        """What this table teaches its sisters: "ETAPE/MSTAT2" → "Master 2 Statistique". Empty for most."""


class DocumentDialect(Protocol):
    """Reads documents that are not tables."""

    name: str
    label: str | Promise
    source_kind: str
    order: int

    def recognises(self, document: Document) -> float: ...

    def statements(self, document: Document) -> Iterator[Statement | Fault]:
        """Stream what the document says. Never reads an entry that is not on its list of allowed ones."""

    def left_aside(self, document: Document) -> list[str]:
        """Names of what was in the document and was not read, to be said to the person."""
