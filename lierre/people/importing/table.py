"""A table found in a file, whatever the file was: text, workbook, or member of an archive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from lierre.people.faults import Fault


class Row(NamedTuple):  # of all things that go from one process to another, what goes quickest
    """One line: `number` as an editor counts (the header is line 1, or lower after a preamble), `cells` as written."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header. `rows()` starts a new reading each time and streams: a file is never held in memory."""

    name: str  # name of the file, and of the sheet or member inside it, for people to recognise
    header: tuple[str, ...]
    header_line: int
    rows: Callable[[], Iterator[Row | Fault]]
    encoding: str = ""  # "utf-8-sig", "utf-16", "cp1252", "iso-8859-15"; empty for a workbook
    delimiter: str = ""
    quoting: bool = True  # False for files that are split without quotes, such as AlumnForce's nightly export
    size: int = 0  # bytes, so that progress can be told before the number of lines is known


@dataclass(frozen=True, slots=True)
class Document:
    """Something that is not a table: a LinkedIn archive, a JSON export, a JSON Resume, a Europass CV."""

    name: str
    kind: Literal["linkedin", "json", "xml"]
    path: Path
    member: str = ""  # the entry of the archive at `path`, or "" for the file itself
    size: int = 0
