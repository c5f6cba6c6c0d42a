"""Writes small tables: text with a delimiter, or a workbook. The same rows give the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import xlsxwriter

from demo.spelling import fitting

Cell = str | date


def save_text(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str, encoding: str = "utf-8"
) -> None:
    """A CSV as most software writes it: quotes where needed, CRLF."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(fitting(text.getvalue(), encoding).encode(encoding))


def save_tabs(path: Path, header: str, rows: Iterable[Sequence[str]]) -> None:
    """Tabs without quotes, a backslash before what would be mistaken for one: the nightly dialect of AlumnForce."""
    lines = [header, *("\t".join(_escaped(cell) for cell in row) for row in rows)]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode())


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\t", "\\\t").replace("\n", " ")


def save_workbook(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """One sheet, in constant memory; dates are real dates, the rest is text."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as workbook:
        workbook.set_properties({"created": datetime(2026, 11, 20, 9, 0)})  # noqa: DTZ001 - the same bytes each time
        page = workbook.add_worksheet(sheet)
        page.write_row(0, 0, header)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001
                elif cell:
                    page.write_string(number, column, cell)
