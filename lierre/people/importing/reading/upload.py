"""A file that someone hands us, as the tables and documents that it holds."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lierre.people.importing.reading.archive import entries, is_linkedin, of_others_among_tables, weigh
from lierre.people.importing.reading.documents import open_json, open_pdf, open_xml
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.reading.others import speaks_of_others
from lierre.people.importing.reading.recognition import Kind, kind_of
from lierre.people.importing.reading.text_table import open_text
from lierre.people.importing.reading.workbook import open_workbook
from lierre.people.importing.reading.workbook_parts import look_over
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Document, Table

# What an entry of an archive may be without harm, as long as another entry holds something.
NO_TABLE: Final = frozenset({"empty", "no_table", "unknown_type", "pdf_without_data"})


def open_upload(path: Path, name: str, limits: Limits = LIMITS) -> list[Table | Document]:
    """
    Look a whole file over, then give its tables, which stream, and its documents, which are read on demand.

    `name` is what people call the file; it is shown, and decides nothing. Raises Unreadable when the file cannot be
    taken at all. Nothing is written anywhere.
    """
    origin = Origin.of_file(path, name)
    if origin.size > limits.file:
        raise Unreadable("too_large", name)
    kind = kind_of(origin, limits)
    if kind != "zip":
        return _open(origin, kind, limits)
    held = entries(path, limits, name)
    if others := of_others_among_tables(held):
        raise Unreadable("others_data", f"{name} › {others}")
    if is_linkedin(held):
        return [Document(name=name, kind="linkedin", path=path, size=origin.size)]
    return _open_entries(held, origin, limits)


def open_bytes(content: bytes, name: str, limits: Limits = LIMITS) -> Table:
    """A separated text that is already in memory, such as one file of a member's archive."""
    return open_text(Origin.of_bytes(content, name), limits)


def _open(origin: Origin, kind: Kind, limits: Limits) -> list[Table | Document]:
    match kind:
        case "zip":
            raise Unreadable("zip_nested", origin.name)
        case "xlsx" | "ods":
            look_over(origin, limits)
            return [*of_nobody_else(open_workbook(origin, limits))]
        case "xls":
            return [*of_nobody_else(open_workbook(origin, limits))]
        case "json":
            return [open_json(origin, limits)]
        case "xml":
            return [open_xml(origin, limits)]
        case "pdf":
            return [open_pdf(origin, limits)]
        case "text":
            return [*of_nobody_else([open_text(origin, limits)])]


def of_nobody_else(tables: Sequence[Table]) -> Sequence[Table]:
    """Contacts and messages that a member of LinkedIn took away speak of people who do not know it."""
    for table in tables:
        if speaks_of_others(table.header):
            raise Unreadable("others_data", table.name)
    return tables


def left_aside(path: Path, name: str, found: Sequence[Table | Document]) -> list[str]:
    """Entries of an archive that held no table and no document, to be said to the person. Empty for any other file."""
    if any(isinstance(part, Document) and part.kind == "linkedin" for part in found):
        return []  # its dialect says what it did not read
    if kind_of(Origin.of_file(path, name)) != "zip":
        return []
    names = [part.name for part in found]
    return [
        entry.filename
        for entry in entries(path)
        if not any(part == (whole := _name(name, entry)) or part.startswith(f"{whole} › ") for part in names)
    ]


def _open_entries(held: Sequence[zipfile.ZipInfo], archive: Origin, limits: Limits) -> list[Table | Document]:
    """What holds no table, such as a note to the reader, is left aside. What is dangerous or damaged refuses it all."""
    weigh(held, limits)
    found: list[Table | Document] = []
    for entry in held:
        origin = Origin(_name(archive.name, entry), archive.path, entry.filename, size=entry.file_size)
        try:
            found += _open(origin, kind_of(origin, limits), limits)
        except Unreadable as refusal:
            if refusal.fault.code not in NO_TABLE:
                raise
    if not found:
        raise Unreadable("zip_no_table" if held else "empty", archive.name)
    # A note to the reader is a text in one column. Beside tables it is left aside, and named, as a sheet of notes is.
    tables = [part for part in found if isinstance(part, Document) or len(part.header) > 1]
    return tables or found


def _name(archive: str, entry: zipfile.ZipInfo) -> str:
    return f"{archive} › {entry.filename}"
