"""Those who must still approve a letter, here or outside, are reminded as for a post: a day, then four hours before it leaves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lierre.publishing.mailing.approvers import approvers
from lierre.publishing.mailing.approving import tell
from lierre.publishing.mailing.rendering import text_of
from lierre.publishing.models import Mailing
from lierre.publishing.reminding import HOURS, is_night, moment_of
from lierre.publishing.reviewing import write_again


def remind(now: datetime | None = None) -> int:
    """How many persons were told. Asked later than a moment to remind, they have just been told."""
    now = now or timezone.now()
    zone = timezone.get_default_timezone()
    if is_night(now, zone):
        return 0
    soon = Mailing.objects.filter(
        state=Mailing.State.SUBMITTED,
        due_at__gt=now,
        due_at__lt=now + timedelta(hours=max(HOURS) + 14),
    ).select_related("segment")
    return sum(remind_of(mailing, now) for mailing in soon)


def remind_of(mailing: Mailing, now: datetime) -> int:
    """Once for each moment that has come since they were told last."""
    assert mailing.due_at is not None
    zone, last = timezone.get_default_timezone(), mailing.told_at or mailing.changed_at
    if not any(last < moment_of(mailing.due_at, hours, zone) <= now for hours in HOURS):
        return 0
    with transaction.atomic():
        mine = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.SUBMITTED)
        if not mine.filter(told_at=mailing.told_at).update(told_at=now):  # another worker told them
            return 0
        if mailing.waits_outside:  # it is not the turn of the house yet
            return write_again(mailing)
        told = approvers(mailing)
        tell(told, "reminder", mailing, text=text_of(mailing))
    return len(told)
