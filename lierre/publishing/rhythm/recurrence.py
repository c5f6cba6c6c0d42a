"""The days of a series, by its rule: plain dates, no clock."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

WEEK = timedelta(days=7)


def never(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Rule:
    """`every`: week, month_day, month_weekday, period. `weekdays`: Monday is 0. `nth`: -1 is the last. `periods`: first days."""

    every: str
    starts_on: date
    interval: int = 1
    weekdays: Sequence[int] = ()
    month_day: int = 1
    nth: int = 1
    until: date | None = None
    most: int | None = None
    pauses: Sequence[tuple[date, date]] = ()
    skipped: Callable[[date], bool] = never
    periods: Sequence[date] = ()

    def days(self, last: date) -> Iterator[date]:
        """Up to a day, included. What a pause or a holiday takes away does not count among the times.

        >>> tuesdays = Rule("week", date(2026, 11, 24), weekdays=[1], pauses=[(date(2026, 12, 1), date(2026, 12, 7))])
        >>> [str(day) for day in tuesdays.days(date(2026, 12, 15))]
        ['2026-11-24', '2026-12-08', '2026-12-15']
        >>> [str(day) for day in Rule("month_day", date(2027, 1, 31), month_day=31).days(date(2027, 3, 31))]
        ['2027-01-31', '2027-02-28', '2027-03-31']
        >>> [str(day) for day in Rule("month_weekday", date(2026, 11, 1), weekdays=[3], nth=-1, most=2).days(date(2027, 6, 1))]
        ['2026-11-26', '2026-12-31']
        """
        end = min(last, self.until) if self.until else last
        return islice((day for day in self.every_day(end) if not self.is_skipped(day)), self.most)

    def every_day(self, end: date) -> Iterator[date]:
        if self.every == "period":
            found: Iterator[date] = iter(sorted(self.periods))
        else:
            found = self.of_weeks(end) if self.every == "week" else self.of_months(end)
        return (day for day in found if self.starts_on <= day <= end)

    def of_weeks(self, end: date) -> Iterator[date]:
        monday = self.starts_on - timedelta(days=self.starts_on.weekday())
        while monday <= end:
            yield from (monday + timedelta(days=number) for number in sorted(self.weekdays))
            monday += WEEK * self.interval

    def of_months(self, end: date) -> Iterator[date]:
        number = self.starts_on.year * 12 + self.starts_on.month - 1
        while (first := date(*divmod_month(number), 1)) <= end:
            day = self.in_month(first)
            if day is not None:
                yield day
            number += self.interval

    def in_month(self, first: date) -> date | None:
        """The 31st of a shorter month is its last day; the fifth Tuesday of a month that has four is none."""
        length = monthrange(first.year, first.month)[1]
        if self.every == "month_day":
            return first.replace(day=min(self.month_day, length))
        every = [day for day in range(1, length + 1) if first.replace(day=day).weekday() == self.weekdays[0]]
        place = self.nth if self.nth < 0 else self.nth - 1
        return first.replace(day=every[place]) if place < len(every) else None

    def is_skipped(self, day: date) -> bool:
        return self.skipped(day) or any(first <= day <= last for first, last in self.pauses)


def in_step(every: str, began: date, interval: int, day: date) -> date:
    """
    The first day from this one on that is in a week, or a month, of a rule that began earlier.

    >>> in_step("week", date(2026, 12, 1), 2, date(2026, 12, 9)), in_step("month_day", date(2026, 9, 30), 3, date(2026, 11, 2))
    (datetime.date(2026, 12, 14), datetime.date(2026, 12, 1))
    """
    if every == "week":
        monday, first = (each - timedelta(days=each.weekday()) for each in (day, began))
        late = (monday - first).days // 7 % interval
        return monday + WEEK * (interval - late) if late else day
    if every == "period":
        return day
    late = (day.year * 12 + day.month - began.year * 12 - began.month) % interval
    return date(*divmod_month(day.year * 12 + day.month - 1 + interval - late), 1) if late else day


def divmod_month(number: int) -> tuple[int, int]:
    """
    >>> divmod_month(2026 * 12 + 11)
    (2026, 12)
    """
    year, month = divmod(number, 12)
    return year, month + 1
