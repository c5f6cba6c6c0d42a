"""When a duty comes round again: at an interval, or each day at a time of the institution's clock."""

import random
import re
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

Every = timedelta | str
DAILY: Final = re.compile(r"daily at ([01]\d|2[0-3]):([0-5]\d)")
SHORTEST: Final = timedelta(seconds=1)
FIRST_RETRY: Final = timedelta(seconds=30)
LONGEST_RETRY: Final = timedelta(hours=1)


def time_of_day(every: str) -> time:
    """
    >>> time_of_day("daily at 03:30")
    datetime.time(3, 30)
    """
    found = DAILY.fullmatch(every)
    if found is None:
        raise ValueError(f"{every!r} is not a timetable; write: daily at 03:30")
    return time(int(found[1]), int(found[2]))


def next_time(every: Every, after: datetime, zone: tzinfo) -> datetime:
    """
    The first moment strictly later than `after`.

    >>> from zoneinfo import ZoneInfo
    >>> paris = ZoneInfo("Europe/Paris")
    >>> night = datetime(2026, 3, 28, 23, 0, tzinfo=paris)
    >>> next_time(timedelta(minutes=5), night, paris).isoformat()
    '2026-03-28T23:05:00+01:00'

    The clock changes in that night, and the time of day stays what was said:

    >>> next_time("daily at 03:30", night, paris).isoformat()
    '2026-03-29T03:30:00+02:00'
    """
    if isinstance(every, timedelta):
        return after + max(every, SHORTEST)
    here = after.astimezone(zone)
    today = datetime.combine(here.date(), time_of_day(every), zone)
    return today if today > here else datetime.combine(here.date() + timedelta(days=1), time_of_day(every), zone)


def retry_delay(every: Every, failures: int, chance: float | None = None) -> timedelta:
    """
    How long to wait after so many failures in a row: twice as long each time, a quarter more or less at random, so
    that several duties which failed together do not come back together.

    >>> [retry_delay("daily at 03:00", failures, chance=0.5).seconds for failures in (1, 2, 3, 20)]
    [30, 60, 120, 3600]
    >>> retry_delay(timedelta(seconds=10), 1, chance=0.5).seconds
    10
    """
    first = min(every, FIRST_RETRY) if isinstance(every, timedelta) else FIRST_RETRY
    delay = min(first * (1 << min(failures - 1, 20)), LONGEST_RETRY)
    drawn = random.random() if chance is None else chance  # noqa: S311 - spreads a load, keeps no secret
    return delay * (0.75 + drawn / 2)
