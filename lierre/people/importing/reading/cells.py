"""Cells as people wrote them: edges that nobody sees, formulas that must not travel, numbers and dates of workbooks."""

import datetime
import re
from collections.abc import Sequence
from typing import Final

# Spaces that a keyboard does not type, left at the edges by copies from web pages and by byte-order marks.
EDGES: Final = "\u00a0\u202f\u2007\ufeff"
_LEADS: Final = "=＝+＋-－@＠"
_BLANKS: Final = EDGES + " \t\r\n"
_TEXT: Final = re.compile(r'="([^"=]*)"')  # how exports keep a spreadsheet from eating leading zeros: ="00123"
_ARROW: Final = re.compile(r"[=＝]+[=＝\s]*(>[^|]*)?", re.DOTALL)  # "=> Pilotage", "====="
# A sign, then numbers, operators and cell references, then a call, a program to start (cmd|'…'!A0) or another sheet.
_CALL: Final = re.compile(
    r"""[+＋\-－@＠][\s\d.,+\-*/^&(%"'@]*+(?:\$?[A-Z]{1,3}\$?\d++[\s\d.,+\-*/^&(%"'@]++)*+"""
    r"""[^\W\d][\w.]*(?:\(|\|[^|]*!|!\$?[A-Za-z]{1,3}\$?\d)"""
)


def is_formula(cell: str) -> bool:
    """
    Whether a spreadsheet that opens this cell later could run it. Telephones, numbers, dashes and bullets may pass.

    >>> [is_formula(cell) for cell in ("=cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3+cmd|' /C calc'!A0", "=1+1")]
    [True, True, True, True]
    >>> [is_formula(cell) for cell in ("+33 (0)6 12 34 56 78", "-", "-12,5 %", "@amelie", "- Suivi (BTP)", "=> Suivi")]
    [False, False, False, False, False, False]
    """
    text = cell.lstrip(_BLANKS)
    lead = text[:1]
    if not lead or lead not in _LEADS:
        return False
    if lead in "=＝":
        return not (_ARROW.fullmatch(text) or _TEXT.fullmatch(text))
    return _CALL.match(text) is not None


def formula_among(cells: Sequence[str]) -> int | None:
    """Place of the first formula, or None."""
    for place, cell in enumerate(cells):
        if cell and is_formula(cell):
            return place
    return None


def settled(cells: Sequence[str]) -> tuple[str, ...]:
    """
    Cells without invisible spaces at their edges, and text freed from the formula that protected it.

    >>> settled(["\u00a0Hervé\u202f", '="0029"', " Brest "])
    ('Hervé', '0029', ' Brest ')
    """
    return tuple(_freed(cell.strip(EDGES)) for cell in cells)


def _freed(cell: str) -> str:
    if not cell.startswith('="'):
        return cell
    protected = _TEXT.fullmatch(cell)
    return protected.group(1) if protected else cell


def as_text(value: object) -> str:
    """
    A workbook's value as text: dates in ISO form, numbers with the fifteen digits that spreadsheets keep.

    >>> as_text(2014.0), as_text(0.1 + 0.2), as_text(datetime.date(1991, 5, 17)), as_text(True), as_text("007")
    ('2014', '0.3', '1991-05-17', '1', '007')
    """
    match value:
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() else f"{value:.15g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(timespec="seconds")
        case datetime.time():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case _:
            return str(value)
