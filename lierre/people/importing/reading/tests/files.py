"""Files as people hand them in, for the tests of reading."""

import zipfile
from pathlib import Path

import pytest

from lierre.people.faults import Fault
from lierre.people.importing.reading import LIMITS, BadLine, Limits, open_upload
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table


def file_of(folder: Path, content: bytes | str, name: str = "dépôt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zip_of(folder: Path, members: dict[str, bytes | str], name: str = "archive") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def table_of(folder: Path, content: bytes | str) -> Table:
    (table,) = open_upload(file_of(folder, content), "diplomes.csv")
    assert isinstance(table, Table)
    return table


def lines_of(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    """The rows, once it is sure that no line was refused."""
    taken = list(table.rows())
    assert all(isinstance(line, Row) for line in taken), taken
    return [(row.number, row.cells) for row in taken]


def taken_and_refused(table: Table) -> tuple[list[Row], list[BadLine]]:
    rows, faults = [], []
    for line in table.rows():
        if isinstance(line, Fault):
            assert isinstance(line, BadLine)
            faults.append(line)
        else:
            rows.append(line)
    return rows, faults


def refusal(path: Path, limits: Limits = LIMITS, name: str = "dépôt") -> Fault:
    """Why the whole file is refused. Nothing may be left beside it."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(Unreadable) as refused:
        _read_all(path, limits, name)
    assert sorted(path.parent.iterdir()) == before
    return refused.value.fault


def _read_all(path: Path, limits: Limits, name: str) -> None:
    for part in open_upload(path, name, limits):
        if isinstance(part, Table):
            list(part.rows())
