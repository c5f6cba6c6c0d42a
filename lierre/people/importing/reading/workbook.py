"""Workbooks: XLSX, XLS and ODS. Every visible sheet that holds a table is one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

import python_calamine

from lierre.people.faults import Fault
from lierre.people.importing.reading.cells import as_text
from lierre.people.importing.reading.heading import LOOKED_AT, cleaned, find_header
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.reading.scrutiny import Scrutiny
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table

_VISIBLE: Final = python_calamine.SheetVisibleEnum.Visible
_CELLS: Final = python_calamine.SheetTypeEnum.WorkSheet


def open_workbook(origin: Origin, limits: Limits = LIMITS) -> list[Table]:
    """The tables of a workbook whose parts have been looked over. Sheets of notes, in one column, are left aside."""
    if origin.size > limits.workbook:
        raise Unreadable("too_large", origin.name)
    with _reading(origin, limits) as workbook:
        sheets = [
            place
            for place, sheet in enumerate(workbook.sheets_metadata)
            if sheet.visible == _VISIBLE and sheet.typ == _CELLS
        ]
        names = workbook.sheet_names
        found = [(place, _first_rows(workbook, place)) for place in sheets]
    filled = [(place, rows) for place, rows in found if any(any(row) for row in rows)]
    if not filled:
        raise Unreadable("empty", origin.name)
    wide = [(place, rows) for place, rows in filled if max(_width(row) for row in rows) > 1] or filled
    several = len(wide) > 1
    return [
        _table(origin, place, rows, f"{origin.name} › {names[place]}" if several else origin.name, limits)
        for place, rows in wide
    ]


def _table(origin: Origin, place: int, rows: Sequence[list[str]], name: str, limits: Limits) -> Table:
    header_place = find_header(rows)
    if header_place is None:
        raise Unreadable("no_header", name)
    header = cleaned(rows[header_place], name, limits)
    return Table(
        name=name,
        header=header,
        header_line=header_place + 1,
        rows=SheetRows(origin, limits, place, header, header_place + 1),
        size=origin.size,
    )


@dataclass(frozen=True, slots=True)
class SheetRows:
    """How to read a sheet again from its first row. The sheet is loaded whole; its rows come one at a time."""

    origin: Origin
    limits: Limits
    sheet: int
    header: tuple[str, ...]
    skipped: int

    def __call__(self) -> Iterator[Row | Fault]:
        scrutiny = Scrutiny(self.header, self.limits)
        with _reading(self.origin, self.limits) as workbook:
            sheet = workbook.get_sheet_by_index(self.sheet)
            for number, values in enumerate(islice(sheet.iter_rows(), self.skipped, None), self.skipped + 1):
                taken = scrutiny.of(number, [as_text(value) for value in values])
                if taken:
                    yield taken


def _first_rows(workbook: python_calamine.CalamineWorkbook, place: int) -> list[list[str]]:
    rows = workbook.get_sheet_by_index(place).iter_rows()
    return [[as_text(value) for value in row] for row in islice(rows, LOOKED_AT)]


def _width(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


@contextmanager
def _reading(origin: Origin, limits: Limits) -> Iterator[python_calamine.CalamineWorkbook]:
    """Opens a workbook by its content, and says the reader's accidents as refusals."""
    try:
        with origin.seekable(limits.workbook) as stream, python_calamine.CalamineWorkbook.from_filelike(stream) as book:
            yield book
    except python_calamine.PasswordError as accident:
        raise Unreadable("encrypted", origin.name) from accident
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as accident:
        raise Unreadable("workbook_damaged", origin.name) from accident
    except BaseException as accident:
        # The reader is written in Rust; its panics arrive as an exception of their own, outside Exception.
        if type(accident).__module__ == "pyo3_runtime":
            raise Unreadable("workbook_damaged", origin.name) from accident
        raise
