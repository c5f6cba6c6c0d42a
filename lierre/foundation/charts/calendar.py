"""Days of one or more months, darker where more happened: each month a small page, so that they flow on any screen."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar, Final

from django.utils import formats
from django.utils.translation import gettext as _

from lierre.foundation.charts.scale import at
from lierre.foundation.charts.words import Chart, number

CELL: Final = 18
LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class Day:
    css: str
    x: str
    y: str
    said: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    days: list[Day]
    height: str


@dataclass(frozen=True, kw_only=True)
class Calendar(Chart):
    """`values`: day → number. A day of the span that is not there, or None, is unknown; 0 is a day when nothing happened."""

    template: ClassVar[str] = "foundation/charts/calendar.html"

    first: date
    last: date
    values: Mapping[date, float | None]

    @cached_property
    def bounds(self) -> list[float]:
        """
        The most that each shade holds: as many days in each, so that one great day does not hide the others.

        >>> days = {date(2026, 1, day): day for day in range(1, 11)}
        >>> Calendar(title="", first=date(2026, 1, 1), last=date(2026, 1, 10), values=days).bounds
        [2, 4, 6, 8, 10]
        """
        known = sorted(value for value in self.values.values() if value)
        if not known:
            return []
        return sorted({known[-(-len(known) * level // LEVELS) - 1] for level in range(1, LEVELS + 1)})

    def shade(self, value: float | None) -> str:
        if value is None:
            return "unknown"
        if not value:
            return "none"
        level = next(index for index, most in enumerate(self.bounds, start=1) if value <= most)
        return f"q{level + LEVELS - len(self.bounds)}"

    @property
    def months(self) -> list[Month]:
        found = []
        month = self.first.replace(day=1)
        while month <= self.last:
            weeks = calendar.monthcalendar(month.year, month.month)
            days = [
                self.day(month.replace(day=number), column, row)
                for row, week in enumerate(weeks)
                for column, number in enumerate(week)
                if number and self.first <= month.replace(day=number) <= self.last
            ]
            name = formats.date_format(month, "YEAR_MONTH_FORMAT")
            found.append(Month(name, days, at(len(weeks) * CELL)))
            month = (month + timedelta(days=32)).replace(day=1)
        return found

    def day(self, day: date, column: int, row: int) -> Day:
        value = self.values.get(day)
        said = f"{formats.date_format(day, 'DATE_FORMAT')} : {number(value, self.unit)}"
        return Day(self.shade(value), at(column * CELL), at(row * CELL), said)

    @property
    def key(self) -> list[tuple[str, str]]:
        shades = [
            (f"q{level + LEVELS - len(self.bounds)}", _("up to %(value)s") % {"value": number(most)})
            for level, most in enumerate(self.bounds, start=1)
        ]
        return [("none", number(0)), *shades, ("unknown", number(None))]

    def known(self) -> dict[date, float]:
        return {
            day: value for day, value in self.values.items() if value is not None and self.first <= day <= self.last
        }

    def found(self) -> str:
        known = self.known()
        if not known:
            return _("Nothing is known yet.")
        fullest = max(known, key=lambda day: known[day])
        return _("%(total)s in %(days)s days; the fullest is %(day)s (%(value)s).") % {
            "total": number(sum(known.values()), self.unit), "days": number(len(known)),
            "day": formats.date_format(fullest, "DATE_FORMAT"), "value": number(known[fullest], self.unit),
        }  # fmt: skip

    @property
    def header(self) -> list[str]:
        return [_("month"), _("total"), _("days known"), _("fullest day")]

    @property
    def rows(self) -> list[list[str]]:
        by_month: dict[date, dict[date, float]] = {}
        for day, value in sorted(self.known().items()):
            by_month.setdefault(day.replace(day=1), {})[day] = value
        return [
            [
                formats.date_format(month, "YEAR_MONTH_FORMAT"), number(sum(days.values()), self.unit),
                number(len(days)), formats.date_format(max(days, key=lambda day: days[day]), "DATE_FORMAT"),
            ]
            for month, days in by_month.items()
        ]  # fmt: skip
