"""What waits for someone: gathered from every domain, each thing with its verb, its evidence and the page where it is done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, IntegerField, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lierre.accounts.models import Role
from lierre.foundation.abilities import may
from lierre.foundation.charts.words import number
from lierre.foundation.models import Duty
from lierre.foundation.models.duty import charges
from lierre.foundation.models.kinds import kind_of
from lierre.foundation.models.worker import born_at
from lierre.people import permissions as people
from lierre.people.duplicates.queue import waiting_pairs
from lierre.people.faults import Fault, advice, sentence
from lierre.people.models import Import
from lierre.privacy.deadlines import BREACH as HOURS_OF_A_BREACH
from lierre.privacy.deadlines import SOON
from lierre.privacy.models import Request
from lierre.publishing.models import Delivery
from lierre.site.approvals import letters_to_approve, posts_to_approve
from lierre.site.machine import Machine
from lierre.site.pending import (
    BETWEEN,
    BREACH,
    CLAIM,
    INVITATION,
    LEFT,
    LETTER,
    LINE,
    LOOK,
    ORPHAN,
    REQUEST,
    SENT,
    SUBMITTED,
    WORK,
    Group,
    Pending,
)
from lierre.site.task import Task

MOST: Final = 5


def waiting_for(
    user: Any, pending: Pending, imports: Sequence[Import] = (), machine: Machine | None = None
) -> list[Task]:
    """In the order in which it should be done. What this person answers for is given, and counted once for the page."""
    tasks: list[Task] = []
    if machine:
        tasks += [*silent_worker(machine), *failing_duties(machine)]
    tasks += breaches_to_decide(pending[BREACH])
    tasks += requests_to_answer(pending[REQUEST])
    tasks += posts_to_settle(pending[SENT])
    tasks += posts_to_approve(pending[SUBMITTED])
    tasks += letters_to_approve(pending[LETTER])
    tasks += accounts_to_hand_over(pending[LEFT])
    tasks += failed_works(pending[WORK])
    if may(user, people.BRING_FILES):
        tasks += [*imports_to_describe(imports), *imports_to_apply(imports)]
    if may(user, people.JUDGE_DUPLICATES):
        tasks += pairs_to_judge()
    tasks += claims_to_judge(pending[CLAIM])
    tasks += lines_to_settle(pending[LINE])
    tasks += looks_to_review(pending[LOOK])
    tasks += accounts_to_look_at(pending[ORPHAN])
    tasks += invitations_to_send_again(pending[INVITATION])
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


def breaches_to_decide(groups: Sequence[Group]) -> Iterator[Task]:
    """The most urgent thing of all: the law counts in hours."""
    for breach in sorted(groups, key=lambda each: each.since or timezone.now())[:2]:
        assert breach.since is not None
        due = breach.since + HOURS_OF_A_BREACH
        why = _("The authority is told before %(moment)s, unless nobody is at risk.")
        yield Task(
            _("Decide"), _("on the breach “%(title)s”") % {"title": breach.called},
            why % {"moment": date_format(timezone.localtime(due), "DATETIME_FORMAT")}, _("Decide"),
            reverse("privacy:authority", args=[breach.number]), breach.since,
            "late" if due < timezone.now() else "soon",
        )  # fmt: skip


def requests_to_answer(groups: Sequence[Group]) -> Iterator[Task]:
    """All the rights at once: they are answered from one page, the most pressing first."""
    if not groups:
        return
    count = sum(group.count for group in groups)
    due = min(date.fromisoformat(group.told[:10]) for group in groups)
    left = due - timezone.localdate()
    what = ngettext("%(count)d request of rights", "%(count)d requests of rights", count) % {"count": count}
    rights = (f"{str(Request.Right(group.called).label).partition(':')[0].strip()} : {group.count}" for group in groups)
    yield Task(
        pgettext("before what is answered", "Answer"), what, _("The first one before %(day)s: the law gives one month.")
        % {"day": date_format(due, "DATE_FORMAT")}, pgettext("button", "Answer"),
        reverse("privacy:request", args=[groups[0].number]) if count == 1 else reverse("privacy:requests"),
        min(group.since for group in groups if group.since),
        "late" if left < timedelta() else "soon" if left <= SOON else "", (", ".join(rights),),
    )  # fmt: skip


def posts_to_settle(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext("%(count)d post on its network", "%(count)d posts on their networks", count) % {"count": count}
        told = ", ".join(f"{Delivery.State(group.called).label} : {group.count}" for group in groups)
        yield Task(
            _("Check"), what, _("What the network cannot say, a person sees in a minute. Nothing is sent again without you."),
            _("Check"), reverse("publishing:desk"), min((group.since for group in groups if group.since), default=None),
            "late", (told,),
        )  # fmt: skip


def accounts_to_look_at(groups: Sequence[Group]) -> Iterator[Task]:
    """Orphans and silent ones, all at once: the register says what is the matter with each."""
    if count := sum(group.count for group in groups):
        what = ngettext("%(count)d account of the register", "%(count)d accounts of the register", count) % {
            "count": count
        }
        yield Task(
            _("Look at"), what, _("Nobody answers for it, its owner was asked and did not answer, or its address leads nowhere."),
            _("Look"), reverse("publishing:accounts") + "?alerte=oui", None, "", (groups[0].told,),
        )  # fmt: skip


def accounts_to_hand_over(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext(
            "%(count)d account whose owner has left", "%(count)d accounts whose owners have left", count
        ) % {"count": count}
        told = ", ".join(f"{group.called or '–'} : {group.count}" for group in groups[:4])
        address = (
            reverse("accounts:handover", args=[groups[0].told]) if len(groups) == 1 else reverse("publishing:accounts")
        )
        yield Task(
            _("Hand over"), what, _("Nobody answers for them, and what they say goes on in the name of the institution."),
            _("Hand over"), address, None, "soon", (told,),
        )  # fmt: skip


def failed_works(failed: Sequence[Group]) -> Iterator[Task]:
    for work in sorted(failed, key=lambda work: -work.number)[:3]:
        kind = kind_of(work.called)
        yield Task(
            _("Look at"), str(kind.label) if kind else work.called, work.told, _("Look"),
            reverse("foundation:work", args=[work.number]), work.since, "late",
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


def pairs_to_judge() -> Iterator[Task]:
    if count := waiting_pairs():
        what = ngettext("%(count)d possible duplicate", "%(count)d possible duplicates", count) % {"count": count}
        yield Task(
            _("Judge"), what, _("The machine finds, you decide. One key for each answer, and each can be taken back."),
            _("Begin"), reverse("people:next_duplicate"),
        )  # fmt: skip


def claims_to_judge(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext("%(count)d claim of a record", "%(count)d claims of records", count) % {"count": count}
        yield Task(
            _("Judge"), what, _("Somebody says that a record is theirs, and cannot prove it by an address that we hold."),
            _("Compare"), reverse("people:claims"), min(group.since for group in groups if group.since), "soon",
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


def lines_to_settle(groups: Sequence[Group]) -> Iterator[Task]:
    """All the sources at once: they are settled on one page. The most frequent reason is shown by an example."""
    if not groups:
        return
    by_source: Counter[str] = Counter()
    by_code: Counter[str] = Counter()
    examples: dict[str, Fault] = {}
    for group in groups:
        code, column, value = group.told.split(BETWEEN)
        by_source[group.called] += group.count
        by_code[code] += group.count
        examples.setdefault(code, Fault(code, 1, column, value))
    example, count = examples[by_code.most_common(1)[0][0]], by_code.total()
    told = ", ".join(f"{name} : {number(some)}" for name, some in by_source.most_common(4))
    since = min((group.since for group in groups if group.since), default=None)
    what = ngettext("%(count)d line that could not be taken", "%(count)d lines that could not be taken", count)
    yield Task(
        _("Settle"), what % {"count": count}, _("The others are in the base. %(sources)s.") % {"sources": told},
        _("Settle"), reverse("people:quarantine"), since, "", (f"{sentence(example)} {advice(example)}".strip(),),
    )  # fmt: skip


def looks_to_review(looks: Sequence[Group]) -> Iterator[Task]:
    """Whoever sees all is answered for: somebody reads who looked, the most curious first."""
    count = sum(look.count for look in looks)
    if count:
        what = ngettext("%(count)d look at a hidden person", "%(count)d looks at hidden persons", count)
        readers = sorted(looks, key=lambda look: -look.count)[:4]
        yield Task(
            _("Review"), what % {"count": count}, _("In the last seven days, by staff who may see everything."),
            _("Review"), f"{reverse('foundation:journal')}?verb=person.seen", None, "",
            (", ".join(f"{look.called} : {look.count}" for look in readers),),
        )  # fmt: skip


def invitations_to_send_again(expired: Sequence[Group]) -> Iterator[Task]:
    count = sum(group.count for group in expired)
    if count:
        what = ngettext(
            "%(count)d invitation that nobody answered", "%(count)d invitations that nobody answered", count
        )
        told = ", ".join(f"{Role.Kind(group.called).label} : {group.count}" for group in expired)
        yield Task(
            _("Send again"), what % {"count": count}, _("Their links do not open any more."), _("See them"),
            reverse("accounts:invitations"), min(group.since for group in expired if group.since), "", (told,),
        )  # fmt: skip
