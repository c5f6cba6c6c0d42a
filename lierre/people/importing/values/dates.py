"""Dates in every form met, as ISO 8601, partial when the file is. A day and a month are never guessed apart."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lierre.people.fold.text import folded
from lierre.people.importing.values.misread import Misread

# What systems write for "nobody knows".
ABSENT: Final = frozenset({"00/00/0000", "0000-00-00", "00/00/00", "0", "01/01/0001"})
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier", "feb february fev fevr fevrier", "mar march mars", "apr april avr avril",
            "may mai", "jun june juin", "jul july juil juillet", "aug august aou aout", "sep sept september septembre",
            "oct october octobre", "nov november novembre", "dec december decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ][\d:.,]+(?:Z|[+-][\d:]+| UTC)?)?$")
SLASHED: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ ,]+\d{1,2}[:h]\d{2}.*)?$")
MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.\-](\d{4})$")
NAMED: Final = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[ -])?([a-z]+)[. -]+(?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4}|\d{2})"
    r"(?: \d{1,2}[h ]\d{2}\b.*)?$"
)
COMPACT: Final = re.compile(r"((?:18|19|20)\d\d)(\d\d)(\d\d)$")  # 19910517, as systems of the nineties write
SERIAL: Final = re.compile(r"\d{5}$")
EXCEL: Final = date(1899, 12, 30)
FIRST_YEAR: Final = 1850


@lru_cache(maxsize=50_000)
def date_of(text: str, order: str = "dm") -> str:
    """
    One date. `order` says what comes first in `05/04/1991`: "dm" a day, "md" a month, "" nobody knows.

    >>> date_of("17/05/1991"), date_of("1991-05-17"), date_of("Mar 2020"), date_of("mars 2020"), date_of("2020")
    ('1991-05-17', '1991-05-17', '2020-03', '2020-03', '2020')
    >>> date_of("5/17/91, 3:04 PM", "md"), date_of("12 Mar 2024"), date_of("00/00/0000"), date_of("33375")
    ('1991-05-17', '2024-03-12', '', '1991-05-17')
    >>> date_of("05/04/1991", "")
    Traceback (most recent call last):
    lierre.people.importing.values.misread.Misread: ambiguous_date
    """
    plain = text.strip()
    if not plain or plain in ABSENT:
        return ""
    if found := ISO.match(plain):
        return checked(found[1], found[2], found[3])
    if found := SLASHED.match(plain):
        return slashed(found[1], found[2], found[3], order)
    if found := MONTH_YEAR.match(plain):
        return checked(found[2], found[1])
    if found := COMPACT.match(plain):
        return checked(found[1], found[2], found[3])
    if SERIAL.match(plain):
        return checked(*(EXCEL + timedelta(days=int(plain))).isoformat().split("-"))
    if found := NAMED.match(folded_date(plain)):
        month = MONTHS.get(found[2])
        if month:
            return checked(found[4], str(month), found[1] or found[3])
    raise Misread("impossible_date")


def folded_date(text: str) -> str:
    return " ".join(folded(part) for part in text.replace("-", " ").split())


def slashed(one: str, two: str, year: str, order: str) -> str:
    first, second = int(one), int(two)
    if first > 12 or order == "dm":
        return checked(year, two, one)
    if second > 12 or order == "md":
        return checked(year, one, two)
    if first == second:
        return checked(year, one, two)
    raise Misread("ambiguous_date")


def checked(year: str, month: str | None = None, day: str | None = None) -> str:
    """The ISO date, once it is known to exist and to be one of somebody's life."""
    number = full_year(year)
    if not FIRST_YEAR <= number <= date.today().year + 10:  # noqa: DTZ011 - a bound, not a moment
        raise Misread("too_old_or_future_date")
    if month is None:
        return str(number)
    try:
        whole = date(number, int(month), int(day or 1))
    except ValueError:
        raise Misread("impossible_date") from None
    return whole.isoformat() if day else whole.isoformat()[:7]


def full_year(text: str) -> int:
    """
    Two figures are of this century up to ten years from now, of the last one after.

    >>> full_year("91"), full_year("14"), full_year("1991")
    (1991, 2014, 1991)
    """
    if len(text) != 2:
        return int(text)
    this = date.today().year  # noqa: DTZ011 - a bound, not a moment
    guessed = this // 100 * 100 + int(text)
    return guessed if guessed <= this + 10 else guessed - 100


@lru_cache(maxsize=50_000)
def birth_of(text: str, order: str = "dm") -> str:
    """A date of birth: in the past, and of somebody who is not a child."""
    found = date_of(text, order)
    if found and len(text.strip()) < 10 and re.search(r"\D\d{2}$", text.strip()) and int(found[:4]) > 2012:
        found = f"{int(found[:4]) - 100}{found[4:]}"
    if found and int(found[:4]) > date.today().year - 10:  # noqa: DTZ011 - a bound, not a moment
        raise Misread("too_old_or_future_date")
    return found


@lru_cache(maxsize=2_000)
def year_of(text: str) -> int:
    """
    The year of a degree: `2014`, `2013-2014`, `2013/2014`, `juin 2014`, a date.

    >>> year_of("2014"), year_of("2013-2014"), year_of("2013/14"), year_of("30/06/2014")
    (2014, 2014, 2014, 2014)
    """
    plain = text.strip()
    if found := re.fullmatch(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})", plain):
        return int(found[2]) if len(found[2]) == 4 else int(found[1][:2] + found[2])
    if re.fullmatch(r"\d{2}", plain):
        return full_year(plain)
    try:
        year = int(date_of(plain)[:4])
    except (Misread, ValueError):
        raise Misread("bad_year") from None
    if year < FIRST_YEAR:
        raise Misread("bad_year")
    return year
