"""Who may look behind the scenes: the journal, the works of others, the duties."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare, may
from lierre.foundation.models.work import Work, WorkQuerySet

READ_JOURNAL = declare(
    "read_journal",
    label=_("read the journal of the whole institution"),
    roles=frozenset({"data_protection", "direction", "it"}),
    everywhere=True,
)
SEE_ALL_WORKS = declare(
    "see_all_works", label=_("see the long works of everybody"), roles=frozenset({"it"}), everywhere=True
)
SEE_DUTIES = declare(
    "see_duties", label=_("see what the house does by itself"), roles=frozenset({"it"}), everywhere=True
)


def works_visible_to(user: Any) -> WorkQuerySet:
    """Those this person asked for; all of them for the IT department."""
    return Work.objects.all() if may(user, SEE_ALL_WORKS) else Work.objects.asked_by(user)
