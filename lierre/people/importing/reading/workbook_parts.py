"""What is looked at in a workbook before its reader loads it: sizes, entities, and how many cells it would allocate."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from lierre.people.importing.reading.archive import entries, weigh
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.markup import Depth, read_through
from lierre.people.importing.reading.origin import ZIP_ACCIDENTS, Origin
from lierre.people.importing.statement import Unreadable

CHUNK: Final = 1024 * 1024
OVERLAP: Final = 64  # bytes kept from one chunk to the next, so that nothing hides across the cut
# A document type in XML text, where a "<" of the content is always escaped, in one-byte and two-byte characters.
DECLARATIONS: Final = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be")) + tuple(
    "<!ENTITY".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be")
)
_CELL: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_FILLED: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>""")


def look_over(origin: Origin, limits: Limits = LIMITS) -> None:
    """Refuse a zipped workbook (XLSX, ODS) that would be dangerous to load."""
    with origin.seekable(limits.workbook) as stream:
        parts = entries(stream, limits, origin.name)
        weigh(parts, limits)
        with zipfile.ZipFile(stream) as archive:
            for part in parts:
                name = part.filename.casefold()
                if name.endswith((".xml", ".rels", ".vml")):
                    _refuse_declarations(archive, part.filename, origin.name)
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _refuse_wide_sheet(archive, part.filename, origin.name, limits)
                if name == "content.xml":
                    _refuse_wide_document(archive, part.filename, origin.name, limits)


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part as it is inflated, each chunk beginning with the end of the one before."""
    try:
        with archive.open(part) as stream:
            kept = b""
            while chunk := stream.read(CHUNK):
                yield kept + chunk
                kept = (kept + chunk)[-OVERLAP:]
    except ZIP_ACCIDENTS as accident:
        raise Unreadable("zip_damaged", part) from accident


def _refuse_declarations(archive: zipfile.ZipFile, part: str, name: str) -> None:
    for chunk in _chunks(archive, part):
        if any(declaration in chunk for declaration in DECLARATIONS):
            raise Unreadable("xml_entities", name)


def _refuse_wide_sheet(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> None:
    """One cell far right and one far down make the reader allocate everything between. Empty styled cells do not."""
    if _extent(archive, part, _CELL) > limits.sheet_cells and _extent(archive, part, _FILLED) > limits.sheet_cells:
        raise Unreadable("sheet_too_large", name)


def _extent(archive: zipfile.ZipFile, part: str, cell: re.Pattern[bytes]) -> int:
    columns: set[bytes] = set()
    rows = 0
    for chunk in _chunks(archive, part):
        found = cell.findall(chunk)
        columns.update(letters for letters, _ in found)
        rows = max(rows, *map(int, {digits for _, digits in found}), 0)
    return rows * max(map(_column_number, columns), default=0)


def _column_number(letters: bytes) -> int:
    """
    >>> _column_number(b"A"), _column_number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


class _Extent(Depth):
    """Follows the repetitions of an OpenDocument table, where one small element can stand for a million cells."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(name, limits)
        self.limit = limits.sheet_cells
        self.row = self.column = self.rows = self.columns = 0
        self.repeated = 1
        self.filled = False

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - the parser's name for it
        super().startElement(name, attrs)
        if name == "table:table-cell":
            self.column += _repetition(attrs, "table:number-columns-repeated")
            if "office:value-type" in attrs:
                self.columns, self.filled = max(self.columns, self.column), True
        elif name == "table:table-row":
            self.column, self.filled = 0, False
            self.repeated = _repetition(attrs, "table:number-rows-repeated")
        elif name == "table:table":
            self.row = self.rows = self.columns = 0

    def endElement(self, name: str) -> None:  # noqa: N802
        super().endElement(name)
        if name == "table:table-row":
            self.row += self.repeated
            if self.filled:
                self.rows = self.row
            if self.rows * self.columns > self.limit:
                raise Unreadable("sheet_too_large", self.name)


def _repetition(attributes: Any, name: str) -> int:
    written = attributes.get(name, "1")
    return int(written) if written.isdecimal() and len(written) < 9 else 1


def _refuse_wide_document(archive: zipfile.ZipFile, part: str, name: str, limits: Limits) -> None:
    try:
        with archive.open(part) as stream:
            read_through(cast(BinaryIO, stream), _Extent(name, limits))
    except ZIP_ACCIDENTS as accident:
        raise Unreadable("zip_damaged", part) from accident
