"""A file that was handed over and is being read over there: it is asked after less and less often, and not for ever."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.publishing.models.departure import Departure

HANDED: Final = "handed"  # in the evidence of the row: when it began
# A film of half an hour is read in some minutes.
LONGEST: Final = timedelta(hours=2)


def is_being_prepared(delivery: Departure) -> bool:
    """One goes on from what was kept."""
    return bool(delivery.frozen and delivery.frozen.get("look_again_at"))


def read_in_time(delivery: Departure, asked: datetime) -> datetime | None:
    """When to look again: each time after a quarter more of what one has waited. None when it lasts too long."""
    now = timezone.now()
    since = next((each["at"] for each in reversed(delivery.evidence) if each["what"] == HANDED), None)
    if since is None or delivery.frozen is None:
        delivery.note(HANDED)
        return asked
    waited = now - datetime.fromisoformat(since)
    return None if waited > LONGEST else max(asked, now + waited / 4)


def still_read() -> str:
    return _("The network is still reading a file of this post: it leaves as soon as it is read.")


def too_long() -> str:
    return _("The network has been reading the file for too long: try another file, or another format.")
