"""After a move: the view from where it was made, on days where what moved is in sight; and days as whoever moves sees them."""

from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.dateparse import parse_date

from lierre.publishing.planning import month_bounds
from lierre.publishing.spoken import Spoken

VIEWS: Final = ("calendar", "week", "agenda")


def in_sight(back: str, day: date) -> str:
    """The same address, at this day when the days it shows do not hold it."""
    parts = urlsplit(back)
    try:
        view = resolve(parts.path).url_name
    except Resolver404:
        return back
    asked = QueryDict(parts.query, mutable=True)
    if view not in VIEWS:
        return back
    first, last = shown(view, asked)
    if first <= day <= last:
        return back
    asked.pop("mois", None)
    asked["jour"] = day.isoformat()
    return f"{parts.path}?{asked.urlencode()}"


def day_asked(asked: QueryDict) -> date:
    """The day that an address names; today when it names none."""
    text = asked.get("jour") or f"{asked.get('mois', '')}-01"
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    return found if found and 1970 < found.year < 2200 else timezone.localdate()


def shown(view: str | None, asked: QueryDict) -> tuple[date, date]:
    day = day_asked(asked)
    if view == "calendar":
        return month_bounds(day.year, day.month)
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day + timedelta(days=27)


def seen_on(said: Spoken) -> date | None:
    """The day under which the calendar of whoever looks shows it."""
    return timezone.localdate(said.due_at) if said.due_at else None


def on_its_clock(said: Spoken, day: date) -> date:
    """
    The day of its own clock that is so many days away as this one is from where it is seen: at eight in Nouméa it is still the
    evening before in Paris, and what is dropped there on a Thursday is seen there on that Thursday, whatever the season.
    """
    if said.due_at is None:
        return day
    clock = getattr(said, "clock", timezone.get_default_timezone())
    local = said.due_at.astimezone(clock)
    found = local.date() + (day - timezone.localdate(said.due_at))
    return found + (day - timezone.localdate(datetime.combine(found, local.time(), clock)))
