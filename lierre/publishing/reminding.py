"""Those who must still approve, here or outside, are reminded 24 hours, then 4 hours before it leaves; never at night."""

from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from django.db import transaction
from django.utils import timezone

from lierre.publishing.models import Post, Reminder
from lierre.publishing.notices import tell
from lierre.publishing.reviewing import write_again
from lierre.publishing.signers import still_asked

HOURS: Final = (4, 24)  # the nearest first: late, only that one is said
MORNING: Final = time(8)
EVENING: Final = time(19)


def moment_of(due_at: datetime, hours: int, zone: tzinfo) -> datetime:
    """
    When to remind. What would fall in the night is said the evening before: in the morning it may be too late.

    >>> from zoneinfo import ZoneInfo
    >>> paris = ZoneInfo("Europe/Paris")
    >>> str(moment_of(datetime(2026, 11, 26, 17, tzinfo=paris), 4, paris))
    '2026-11-26 13:00:00+01:00'
    >>> str(moment_of(datetime(2026, 11, 26, 9, tzinfo=paris), 4, paris))
    '2026-11-25 19:00:00+01:00'
    """
    at = (due_at - timedelta(hours=hours)).astimezone(zone)
    if at.time() >= EVENING:
        return at.replace(hour=EVENING.hour, minute=0, second=0, microsecond=0)
    if at.time() < MORNING:
        eve = at.date() - timedelta(days=1)
        return datetime.combine(eve, EVENING, zone)
    return at


def is_night(at: datetime, zone: tzinfo) -> bool:
    return not MORNING <= at.astimezone(zone).time() <= time(EVENING.hour, 30)


def remind(now: datetime | None = None) -> int:
    """Once for each hour of each due time. Asked later than that, they have just been told."""
    now = now or timezone.now()
    zone = timezone.get_default_timezone()
    if is_night(now, zone):
        return 0
    soon = Post.objects.filter(
        state=Post.State.SUBMITTED, due_at__gt=now, due_at__lt=now + timedelta(hours=max(HOURS) + 14)
    ).select_related("unit")
    return sum(remind_of(post, now, zone) for post in soon)


def remind_of(post: Post, now: datetime, zone: tzinfo) -> int:
    assert post.due_at is not None
    due = [hours for hours in HOURS if post.changed_at < moment_of(post.due_at, hours, zone) <= now]
    if not due or Reminder.objects.filter(post=post, due_at=post.due_at, hours__lte=due[0]).exists():
        return 0
    with transaction.atomic():
        _kept, is_first = Reminder.objects.get_or_create(post=post, due_at=post.due_at, hours=due[0])
        told = still_asked(post) if is_first else []
        tell(told, "reminder", post)
        outside = write_again(post) if is_first else 0
    return len(told) + outside
