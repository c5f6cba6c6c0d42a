"""Tables that leave the house: CSV as a stream, XLSX in constant memory. A cell can never become a formula."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Final

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

Rows = Iterable[Sequence[Any]]
# What makes a spreadsheet compute a cell, also behind spaces and in full width (OWASP, CSV injection).
FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
# A signed number or a telephone number computes nothing, and must come back as it was.
NUMBER: Final = re.compile(r"[+\-][\d .,\u00a0\u202f]+")
ROWS_AT_ONCE: Final = 500
SHEET_ROWS: Final = 1_048_575
CELL_CHARACTERS: Final = 32_767


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def guarded(value: Any) -> Any:
    """
    The value as a CSV cell, with an apostrophe before what a spreadsheet would compute.

    >>> guarded("=HYPERLINK(...)"), guarded(" @SUM(A1)"), guarded("+33 6 12 34 56 78"), guarded("Le Goff"), guarded(-3)
    ("'=HYPERLINK(...)", "' @SUM(A1)", '+33 6 12 34 56 78', 'Le Goff', -3)
    """
    if isinstance(value, datetime):
        return local(value).isoformat(" ", "seconds")
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return "'" + value
    return "" if value is None else value


def local(value: datetime) -> datetime:
    """By the institution's clock, and without a zone: a spreadsheet knows none."""
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def stream_csv(header: Sequence[Any], rows: Rows, delimiter: str = ";") -> Iterator[bytes]:
    """The table as CSV, piece by piece. UTF-8 with its mark and semicolons: what a French spreadsheet opens rightly."""
    writer = csv.writer(Echo(), delimiter=delimiter, lineterminator="\r\n")
    yield "\ufeff".encode() + str(writer.writerow([guarded(str(name)) for name in header])).encode()
    remaining = iter(rows)
    while batch := list(islice(remaining, ROWS_AT_ONCE)):
        yield "".join(str(writer.writerow([guarded(value) for value in row])) for row in batch).encode()


def write_xlsx(file: IO[bytes] | str, header: Sequence[Any], rows: Rows, sheet: str = "") -> int:
    """Write the table to a file and answer how many rows it has. Refuses what one sheet cannot hold."""
    count = 0
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet(sheet[:31] or None)
        formats = {datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})}
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(header) - 1), 20)
        page.write_row(0, 0, [str(name) for name in header], book.add_format({"bold": True}))
        for count, row in enumerate(rows, start=1):
            if count > SHEET_ROWS:
                raise Refused(_("One sheet cannot hold so many rows. Ask for CSV, or narrow the list."))
            for column, value in enumerate(row):
                page.write(count, column, as_cell(value), formats.get(type(value)))
    return count


def as_cell(value: Any) -> Any:
    """What a cell can hold; the rest is written as text."""
    if isinstance(value, datetime):
        return local(value)
    if value is None or isinstance(value, bool | int | Decimal | date | time):
        return value
    if isinstance(value, float) and value - value == 0:  # neither infinite nor "not a number"
        return value
    return str(value)[:CELL_CHARACTERS]


def csv_response(name: str, header: Sequence[Any], rows: Rows) -> StreamingHttpResponse:
    """A CSV to download, sent while it is being written."""
    response = StreamingHttpResponse(stream_csv(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, header: Sequence[Any], rows: Rows) -> FileResponse:
    """An XLSX to download. It is written to disk first, because its table of contents comes last."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response, once it is sent
    write_xlsx(file, header, rows)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=kind)
