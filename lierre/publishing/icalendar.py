"""The editorial calendar as other calendars read it (RFC 5545): lines of 75 bytes, texts escaped, instants in UTC."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from unicodedata import category
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from lierre.publishing.models import Mailing, Post
from lierre.publishing.spoken import Spoken

BEFORE: Final = timedelta(days=90)
AFTER: Final = timedelta(days=400)
LONGEST: Final = 75


# What leaves by itself at its time, or has left.
SURE: Final = {Post.State.APPROVED, Mailing.State.APPROVED, Mailing.State.SENDING, Mailing.State.SENT}


def calendar(posts: Iterable[Spoken]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines(posts))


def lines(posts: Iterable[Spoken]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lierre//Publications//FR", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{escaped(settings.INSTITUTION)}"
    house = urlsplit(settings.ADDRESS).hostname or "lierre"
    for post in posts:
        if post.due_at is None:
            continue
        kind, changed = "mailing" if isinstance(post, Mailing) else "post", stamp(post.changed_at)
        yield from ("BEGIN:VEVENT", f"UID:{kind}-{post.pk}@{house}", f"DTSTAMP:{changed}", f"LAST-MODIFIED:{changed}")
        # It only grows: a calendar that keeps what it knew takes the new hour.
        yield f"SEQUENCE:{max(0, int((post.changed_at - post.made_at).total_seconds()))}"
        yield from (f"DTSTART:{stamp(post.due_at)}", "DURATION:PT15M", f"SUMMARY:{escaped(post.title)}")
        yield f"URL:{settings.ADDRESS}{post.get_absolute_url()}"
        yield f"STATUS:{'CONFIRMED' if post.state in SURE else 'TENTATIVE'}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def followed() -> Iterable[Spoken]:
    """Posts, then mailings."""
    start, end = timezone.now() - BEFORE, timezone.now() + AFTER
    yield from Post.objects.living().between(start, end)
    yield from Mailing.objects.between(start, end)


def stamp(moment: datetime) -> str:
    """
    >>> stamp(datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
    '20261126T093000Z'
    """
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    r"""
    >>> escaped("Portes ouvertes ; venez, vous verrez\nbien")
    'Portes ouvertes \\; venez\\, vous verrez\\nbien'

    What no line may hold is left out.

    >>> escaped("Portes\rouvertes\x07")
    'Portes\\nouvertes'
    """
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or category(sign) != "Cc").replace("\n", "\\n")


def folded(line: str) -> str:
    """
    No line is longer than 75 bytes; no sign is cut in two.

    >>> [len(each.encode()) for each in folded("é" * 60).split("\\r\\n")]
    [74, 47]
    """
    found, room = [""], LONGEST
    for sign in line:
        size = len(sign.encode())
        if size > room:
            found.append(" ")
            room = LONGEST - 1
        found[-1] += sign
        room -= size
    return "\r\n".join(found)
