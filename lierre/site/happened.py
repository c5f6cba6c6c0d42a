"""What happened lately, as far as each person may know: the journal for those who read it, else imports and their own acts."""

from typing import Any, Final

from django.db.models import Q

from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import may
from lierre.foundation.models.journal import Entry
from lierre.foundation.naming import with_names
from lierre.people import permissions as people

LINES: Final = 6
# What is done to the base as a whole: it names nobody.
BASE: Final = (
    "import.received", "import.applied", "import.reverted", "import.refused", "policy.adopted", "source.created",
)  # fmt: skip
# A rehearsal that begins is told when it ends; what somebody chose as an ambassador concerns them alone.
NO_NEWS: Final = (
    "import.rehearsing", "import.applying", "work.asked", "work.done", "ambassador.joined", "ambassador.changed",
    "ambassador.left",
)  # fmt: skip


def happened_for(user: Any) -> list[Entry]:
    """The latest first."""
    entries = Entry.objects.order_by("-id")
    if may(user, foundation.READ_JOURNAL):
        return with_names(entries.exclude(verb__in=NO_NEWS)[:LINES], user)
    known = Q(actor_id=user.pk)
    if may(user, people.BRING_FILES) or may(user, people.SEE_EVERYTHING):
        known |= Q(verb__in=BASE)
    return with_names(entries.filter(known)[:LINES])
