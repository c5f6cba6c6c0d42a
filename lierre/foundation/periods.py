"""Periods that a university counts in: academic years (from 1 September), quarters, twelve months up to a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from django.utils import formats, timezone
from django.utils.translation import gettext as _

FIRST_MONTH: Final = 9


class Span(StrEnum):
    ACADEMIC_YEAR = "academic_year"
    QUARTER = "quarter"
    TWELVE_MONTHS = "twelve_months"


def months_later(day: date, months: int) -> date:
    """
    The same day of another month, or its last one when it is shorter.

    >>> months_later(date(2024, 2, 29), 12), months_later(date(2026, 3, 31), -1)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date
    span: Span

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A period ends after it begins.")

    @classmethod
    def academic_year(cls, year: int) -> Self:
        """
        The one that begins in September of that year.

        >>> period = Period.academic_year(2026)
        >>> period.first.isoformat(), period.last.isoformat(), period.days
        ('2026-09-01', '2027-08-31', 365)
        """
        return cls(date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1) - timedelta(days=1), Span.ACADEMIC_YEAR)

    @classmethod
    def academic_year_of(cls, day: date) -> Self:
        """
        >>> Period.academic_year_of(date(2026, 8, 31)) == Period.academic_year(2025)
        True
        """
        return cls.academic_year(day.year - (day.month < FIRST_MONTH))

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        """
        A quarter of the calendar, 1 to 4.

        >>> Period.quarter(2026, 4).last.isoformat()
        '2026-12-31'
        """
        if not 1 <= number <= 4:
            raise ValueError("A year has four quarters.")
        first = date(year, 3 * number - 2, 1)
        return cls(first, months_later(first, 3) - timedelta(days=1), Span.QUARTER)

    @classmethod
    def quarter_of(cls, day: date) -> Self:
        return cls.quarter(day.year, (day.month + 2) // 3)

    @classmethod
    def twelve_months_to(cls, day: date) -> Self:
        """
        Twelve months that end with this day.

        >>> Period.twelve_months_to(date(2026, 11, 23)).first.isoformat()
        '2025-11-24'
        """
        return cls(months_later(day + timedelta(days=1), -12), day, Span.TWELVE_MONTHS)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def previous(self) -> "Period":
        """
        The period of the same kind that ends the day before, to compare with.

        >>> Period.quarter(2026, 1).previous() == Period.quarter(2025, 4)
        True
        """
        day = self.first - timedelta(days=1)
        kinds = {
            Span.ACADEMIC_YEAR: Period.academic_year_of,
            Span.QUARTER: Period.quarter_of,
            Span.TWELVE_MONTHS: Period.twelve_months_to,
        }
        return kinds[self.span](day)

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moments(self) -> tuple[datetime, datetime]:
        """When it begins, and when the next one does: to filter moments with >= and <."""
        days = self.first, self.last + timedelta(days=1)
        begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in days)
        return begins, ends

    @property
    def label(self) -> str:
        """As one says it: 2026-2027, 4e trimestre 2026, douze mois au 23 novembre 2026."""
        if self.span == Span.ACADEMIC_YEAR:
            return f"{self.first.year}-{self.last.year}"
        if self.span == Span.QUARTER:
            names = {1: _("1st quarter"), 2: _("2nd quarter"), 3: _("3rd quarter"), 4: _("4th quarter")}
            return f"{names[(self.first.month + 2) // 3]} {self.first.year}"
        return _("twelve months to %(day)s") % {"day": formats.date_format(self.last, "DATE_FORMAT")}

    def __str__(self) -> str:
        return self.label
