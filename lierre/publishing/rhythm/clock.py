"""An hour that a clock on a wall shows, as an instant; also in the two nights of the year when that is not one hour."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instant(day: date, hour: time, zone: str) -> datetime:
    """
    In UTC. The hour that exists twice is the first of the two; the one that does not exist is as long after midnight as
    if nothing had changed (RFC 5545, 3.3.5): half past two is said at half past three.

    >>> instant(date(2026, 10, 25), time(2, 30), "Europe/Paris").isoformat()
    '2026-10-25T00:30:00+00:00'
    >>> missing = instant(date(2027, 3, 28), time(2, 30), "Europe/Paris")
    >>> missing.isoformat(), missing.astimezone(ZoneInfo("Europe/Paris")).strftime("%H:%M")
    ('2027-03-28T01:30:00+00:00', '03:30')
    >>> instant(date(2026, 12, 1), time(9), "Pacific/Noumea").isoformat()
    '2026-11-30T22:00:00+00:00'
    """
    return datetime.combine(day, hour, ZoneInfo(zone)).replace(fold=0).astimezone(UTC)
