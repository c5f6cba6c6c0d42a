"""What waits for someone: gathered from every domain, each thing with its verb, its evidence and the page where it is done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Min, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.accounts.models import Invitation
from lierre.accounts.permissions import may_invite
from lierre.foundation.abilities import may
from lierre.foundation.charts.words import number
from lierre.foundation.models import Duty
from lierre.foundation.models.duty import charges
from lierre.foundation.models.work import Work
from lierre.foundation.models.worker import born_at
from lierre.people import permissions as people
from lierre.people.faults import advice, sentence
from lierre.people.models import Import, QuarantinedLine
from lierre.site.machine import Machine
from lierre.site.watch import Watch

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Task:
    """
    `verb` is set large before `what`; `since` stands in the margin, in the colour of `urgency`.

    `evidence` is what is needed to act without opening anything. `sends` is what the button says at once, if it does
    more than lead to the page.
    """

    verb: str
    what: str
    why: str
    act: str
    address: str
    since: datetime | None = None
    urgency: str = ""  # "", "soon" or "late"
    evidence: tuple[str, ...] = ()
    sends: dict[str, str] = field(default_factory=dict)


def waiting_for(
    user: Any, imports: Sequence[Import] = (), machine: Machine | None = None, watch: Watch | None = None
) -> list[Task]:
    """In the order in which it should be done. What this person answers for is given, and counted once for the page."""
    tasks: list[Task] = []
    if machine:
        tasks += [*silent_worker(machine), *failing_duties(machine)]
    tasks += failed_works(user)
    if may(user, people.BRING_FILES):
        tasks += [*imports_to_describe(imports), *imports_to_apply(imports)]
    if may(user, people.EDIT_PERSONS):
        tasks += lines_to_settle()
    if watch:
        tasks += looks_to_review(watch)
    if may_invite(user):
        tasks += invitations_to_send_again(user)
    return tasks


def silent_worker(machine: Machine) -> Iterator[Task]:
    if not machine.alive:
        yield Task(
            _("Start"), _("a worker again"), _("Nothing that runs by itself has run since: no import, no duty."),
            _("See the duties"), reverse("foundation:duties"), machine.last_seen or born_at(), "late",
        )  # fmt: skip


def failing_duties(machine: Machine) -> Iterator[Task]:
    if not machine.failing:
        return
    for duty in Duty.objects.filter(name__in=charges(), failures__gt=0).order_by("-failures")[:2]:
        why = ngettext("It failed %(times)d time in a row.", "It failed %(times)d times in a row.", duty.failures)
        yield Task(
            _("Look at"), str(duty), why % {"times": duty.failures}, _("See the duties"),
            reverse("foundation:duties"), duty.due_at if duty.due_at < timezone.now() else None, "late",
            (duty.failure,) if duty.failure else (),
        )  # fmt: skip


def failed_works(user: Any) -> Iterator[Task]:
    for work in Work.objects.asked_by(user).filter(state=Work.State.FAILED)[:3]:
        yield Task(
            _("Look at"), str(work), work.failure, _("Look"), reverse("foundation:work", args=[work.pk]),
            work.finished_at, "late",
        )  # fmt: skip


def pending_first(count: int) -> list[Import]:
    """Those that wait for someone, then the latest, with their files."""
    waits = Case(When(state__in=["received", "rehearsed"], then=0), default=1, output_field=IntegerField())
    found = Import.objects.select_related("source").prefetch_related("deliveries").order_by(waits, "-id")
    return list(found[:count])


def imports_to_describe(imports: Sequence[Import]) -> Iterator[Task]:
    for imported in [each for each in imports if each.state == Import.State.RECEIVED][:3]:
        columns = [column for delivery in imported.deliveries.all() for column in delivery.header if column]
        yield Task(
            _("Say"), _("what the columns of %(files)s mean") % {"files": imported},
            _("No preset knows this file. What you say is kept for the next one."),
            _("Describe"), imported.get_absolute_url(), imported.received_at, "soon",
            (", ".join(columns[:8]) + (", …" if len(columns) > 8 else ""),) if columns else (),
        )  # fmt: skip


def imports_to_apply(imports: Sequence[Import]) -> Iterator[Task]:
    for imported in [each for each in imports if each.state == Import.State.REHEARSED][:3]:
        counts = imported.rehearsal.get("counts", {})
        told = {name: number(counts.get(name, 0)) for name in ("new", "enriched", "to_decide", "rejected")}
        yield Task(
            _("Read"), _("the rehearsal of %(files)s") % {"files": imported},
            _("%(source)s speaks. Nothing is written yet, and all of it can be undone.") % {"source": imported.source},
            _("Read"), imported.get_absolute_url(), imported.rehearsed_at, "",
            (_("%(new)s new, %(enriched)s enriched, %(to_decide)s to decide, %(rejected)s refused") % told,),
        )  # fmt: skip


def lines_to_settle() -> Iterator[Task]:
    """All the sources at once: they are settled on one page."""
    waiting = QuarantinedLine.objects.waiting().filter(delivery__imported__state=Import.State.APPLIED)
    groups = list(
        waiting.values_list("delivery__imported__source__name", "code").order_by().annotate(
            count=Count("pk"), first=Min("pk"), since=Min("delivery__imported__applied_at")
        )
    )  # fmt: skip
    if not groups:
        return
    by_source: Counter[str] = Counter()
    by_code: Counter[str] = Counter()
    for name, code, some, _first, _since in groups:
        by_source[name] += some
        by_code[code] += some
    most, count = by_code.most_common(1)[0][0], by_code.total()
    first = QuarantinedLine.objects.filter(
        pk=min(line for _name, code, _some, line, _since in groups if code == most)
    ).first()
    told = ", ".join(f"{name} : {number(some)}" for name, some in by_source.most_common(4))
    evidence = (f"{sentence(first.fault)} {advice(first.fault)}".strip(),) if first else ()
    since = min((since for *_group, since in groups if since), default=None)
    what = ngettext("%(count)d line that could not be taken", "%(count)d lines that could not be taken", count)
    yield Task(
        _("Settle"), what % {"count": count}, _("The others are in the base. %(sources)s.") % {"sources": told},
        _("Settle"), reverse("people:quarantine"), since, "", evidence,
    )  # fmt: skip


def looks_to_review(watch: Watch) -> Iterator[Task]:
    """Whoever sees all is answered for: somebody reads who looked."""
    count = watch.looks
    if count:
        what = ngettext("%(count)d look at a hidden person", "%(count)d looks at hidden persons", count)
        yield Task(
            _("Review"), what % {"count": count}, _("In the last seven days, by staff who may see everything."),
            _("Review"), f"{reverse('foundation:journal')}?verb=person.seen", None, "",
            (", ".join(f"{name} : {some}" for name, some in list(watch.readers.items())[:4]),),
        )  # fmt: skip


def invitations_to_send_again(user: Any) -> Iterator[Task]:
    expired = Invitation.objects.expired().filter(invited_by=user).order_by("expires_at")
    addresses = list(expired.values_list("email", "expires_at")[:20])
    if addresses:
        what = ngettext(
            "%(count)d invitation that nobody answered", "%(count)d invitations that nobody answered", len(addresses)
        )
        yield Task(
            _("Send again"), what % {"count": len(addresses)}, _("Their links do not open any more."), _("See them"),
            reverse("accounts:invitations"), addresses[0][1], "", (", ".join(email for email, _day in addresses[:4]),),
        )  # fmt: skip
