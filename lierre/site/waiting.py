"""What waits for someone: gathered from every domain, each thing with its verb, its reason and the page where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import may
from lierre.foundation.models.work import Work
from lierre.foundation.models.worker import silence
from lierre.people import permissions as people
from lierre.people.models import Import, QuarantinedLine


@dataclass(frozen=True, slots=True)
class Task:
    """`verb` is set large before `what`; `since` stands in the margin, in the colour of `urgency`."""

    verb: str
    what: str
    why: str
    act: str
    address: str
    since: datetime | None = None
    urgency: str = ""  # "", "soon" or "late"


def waiting_for(user: Any) -> list[Task]:
    """In the order in which it should be done."""
    tasks: list[Task] = []
    if may(user, foundation.SEE_DUTIES):
        tasks += silent_worker()
    if may(user, people.BRING_FILES):
        tasks += [*imports_to_describe(), *imports_to_apply(), *lines_to_settle()]
    tasks += failed_works(user)
    return tasks


def silent_worker() -> Iterator[Task]:
    since = silence()
    if since:
        yield Task(
            _("Start"), _("a worker again"), _("Nothing that runs by itself has run since: no import, no duty."),
            _("See the duties"), reverse("foundation:duties"), since, "late",
        )  # fmt: skip


def imports_to_describe() -> Iterator[Task]:
    for imported in Import.objects.filter(state=Import.State.RECEIVED).latest_first()[:5]:
        yield Task(
            _("Say"), _("what the columns of %(files)s mean") % {"files": imported},
            _("No preset knows this file. What you say is kept for the next one."),
            _("Describe"), imported.get_absolute_url(), imported.received_at, "soon",
        )  # fmt: skip


def imports_to_apply() -> Iterator[Task]:
    for imported in Import.objects.filter(state=Import.State.REHEARSED).latest_first()[:5]:
        counts = imported.rehearsal.get("counts", {})
        yield Task(
            _("Read"), _("the rehearsal of %(files)s") % {"files": imported},
            _("%(source)s: %(new)s new, %(enriched)s enriched, %(rejected)s rejected. Nothing is written yet.")
            % {
                "source": imported.source, "new": counts.get("new", 0), "enriched": counts.get("enriched", 0),
                "rejected": counts.get("rejected", 0),
            },
            _("Read"), imported.get_absolute_url(), imported.rehearsed_at,
        )  # fmt: skip


def lines_to_settle() -> Iterator[Task]:
    waiting = QuarantinedLine.objects.waiting().filter(delivery__imported__state=Import.State.APPLIED)
    by_source = waiting.values("delivery__imported__source__name").annotate(
        count=Count("pk"), since=Min("delivery__imported__applied_at")
    )
    for found in by_source.order_by("-count")[:5]:
        count = found["count"]
        yield Task(
            _("Settle"),
            ngettext("%(count)d line of %(source)s", "%(count)d lines of %(source)s", count)
            % {"count": count, "source": found["delivery__imported__source__name"]},
            _("They could not be taken as they were. The others are in the base."),
            _("Settle"), reverse("people:quarantine"), found["since"],
        )  # fmt: skip


def failed_works(user: Any) -> Iterator[Task]:
    for work in Work.objects.asked_by(user).filter(state=Work.State.FAILED)[:3]:
        yield Task(
            _("Look at"), str(work), work.failure, _("Look"), reverse("foundation:work", args=[work.pk]),
            work.finished_at, "late",
        )  # fmt: skip
