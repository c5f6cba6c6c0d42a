"""What files say, for the tests of dialects: nothing is read but what they are handed."""

from pathlib import Path

from lierre.people.faults import Fault
from lierre.people.importing.dialects import recognise
from lierre.people.importing.reading import open_upload
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document, Row, Table


def part_of(folder: Path, content: str | bytes, name: str = "dépôt") -> Table | Document:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (part,) = open_upload(path, name)
    return part


def said_by(part: Table | Document) -> list[Statement | Fault]:
    """Every line of a file, by the dialect that recognises it."""
    dialect = recognise(part)
    assert dialect is not None, part.name
    if isinstance(part, Document):
        return list(dialect.statements(part))
    understand = dialect.understand(part.header, {})
    return [understand(row) for row in part.rows() if isinstance(row, Row)]


def facts_of(header: str, line: str, labels: dict[str, str] | None = None, delimiter: str = ";"):
    """The facts of one line, once recognised."""
    said = statement_of(header, line, labels, delimiter)
    assert isinstance(said, Statement), said
    return said.facts


def statement_of(header: str, line: str, labels: dict[str, str] | None = None, delimiter: str = ";"):
    columns = tuple(header.split(delimiter))
    table = Table("dépôt", columns, 1, lambda: iter(()))
    dialect = recognise(table)
    assert dialect is not None
    cells = tuple(line.split(delimiter))
    return dialect.understand(columns, labels or {})(Row(2, cells))
