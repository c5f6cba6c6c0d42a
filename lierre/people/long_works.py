"""The long works of the base: rehearse, apply, revert an import. Each can be begun again after a crash."""

from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.errors import Refused
from lierre.foundation.models import Duty
from lierre.foundation.models.work import Cancelled, Work, long_work
from lierre.people.forgetting import forget_set_aside
from lierre.people.importing.applying import write_import
from lierre.people.importing.clearing import clear_repaired, reopen
from lierre.people.importing.discretion import discreet
from lierre.people.importing.folding_lines import RehearseAgain
from lierre.people.importing.rehearsing import rehearse
from lierre.people.importing.reverting import take_back
from lierre.people.importing.superseding import ask_again, supersede
from lierre.people.importing.unkeyed import clear_unkeyed
from lierre.people.importing.verdicts import Verdicts
from lierre.people.models import DirectoryChange, Import, QuarantinedLine

State: Final = Import.State


@long_work("people.rehearse", label=gettext_lazy("Rehearse an import"))
@discreet
def rehearse_import(work: Work) -> dict[str, Any]:
    imported = import_of(work)
    imported.move(State.REHEARSING, by=work.by)
    try:
        judge_lines(imported, work)
    except Exception:
        QuarantinedLine.objects.filter(delivery__imported=imported).delete()
        Import.objects.filter(pk=imported.pk, state=State.REHEARSING).update(state=State.READY)
        raise
    imported.move(State.REHEARSED, by=work.by)
    return told(imported, _("Nothing is written yet: read what would change, then apply."))


def judge_lines(imported: Import, work: Work) -> None:
    """Everything but the state: the verdicts in a file, the summary on the import."""
    seen = last_change()
    verdicts, summary = rehearse(imported, work.advance)
    verdicts.save(imported.verdicts_path)
    Import.objects.filter(pk=imported.pk).update(
        rehearsal=summary, rehearsed_at=timezone.now(), seen_change=seen, written=0,
        first_record=None, last_record=None, first_person=None,
    )  # fmt: skip
    imported.refresh_from_db()


@long_work("people.apply", label=gettext_lazy("Apply an import"))
@discreet
def apply_import(work: Work) -> dict[str, Any]:
    imported = import_of(work)
    take_the_pen(imported, State.APPLYING, by=work.by)
    if imported.first_record is None and imported.seen_change != last_change():
        work.say(_("The base has changed since the rehearsal: the lines are judged again first."))
        judge_lines(imported, work)
    try:
        write_import(imported, Verdicts.load(imported.verdicts_path), work.advance)
    except Cancelled:
        put_back(imported, work)
        raise
    except (RehearseAgain, FileNotFoundError):
        put_back(imported, work)
        raise Refused(_("What the rehearsal kept is no longer whole: rehearse these files again.")) from None
    cleared = clear_repaired(imported, by=work.by_name) + clear_unkeyed(imported, by=work.by_name)
    superseded = supersede(imported, by=work.by)
    forget_set_aside(imported)
    imported.move(State.APPLIED, by=work.by, applied_at=timezone.now())
    imported.stage_path.unlink(missing_ok=True)
    Duty.objects.soon("people.learn_persons")  # so that the next rehearsal does not wait for it
    kept = sum(imported.rehearsal["counts"][name] for name in ("new", "enriched", "confirmed"))
    sentence = ngettext("%(count)d line is in the base.", "%(count)d lines are in the base.", kept) % {"count": kept}
    return told(imported, sentence) | {"cleared": cleared, "superseded": superseded}


@long_work("people.revert", label=gettext_lazy("Revert an import"))
@discreet
def revert_import(work: Work) -> dict[str, Any]:
    imported = import_of(work)
    take_the_pen(imported, State.REVERTING, by=work.by)
    gone = take_back(imported, uncancelled(work))
    reopen(imported)
    ask_again(imported)
    imported.move(State.REVERTED, by=work.by, reverted_at=timezone.now(), **NOTHING_WRITTEN)
    sentence = ngettext("%(count)d record was taken back.", "%(count)d records were taken back.", gone) % {
        "count": gone
    }
    return told(imported, sentence)


NOTHING_WRITTEN: Final[dict[str, Any]] = {
    "first_record": None, "last_record": None, "first_person": None, "written": 0,
}  # fmt: skip


def put_back(imported: Import, work: Work) -> None:
    """The person stopped an apply: what was written is taken back, as if it had not begun."""
    work.say(_("Stopped: what was already written is taken back."))
    take_back(imported, uncancelled(work))
    reopen(imported)
    ask_again(imported)
    imported.move(State.READY, by=work.by, **NOTHING_WRITTEN)


def uncancelled(work: Work) -> Any:
    """Progress that does not stop half-way: a half-reverted import would help nobody."""

    def advance(done: int, total: int | None = None) -> None:
        try:
            work.advance(done, total)
        except Cancelled:
            work.say(_("A revert goes to its end: half of it would help nobody."))

    return advance


BEFORE: Final = {State.APPLYING: {State.REHEARSED}, State.REVERTING: {State.APPLIED, State.APPLYING}}


def take_the_pen(imported: Import, state: Import.State, *, by: Any) -> None:
    """Only one import writes at a time: it decides on a base that must not move under it."""
    if imported.state == state:
        return
    if imported.state not in BEFORE[state]:
        raise Refused(_("This import is %(state)s: that cannot be done now.") % {"state": imported.get_state_display()})
    try:
        with transaction.atomic():
            imported.move(state, by=by)
    except IntegrityError:
        raise Refused(_("Another import is being written: wait until it is finished, then ask again.")) from None


def import_of(work: Work) -> Import:
    return Import.objects.select_related("source").get(pk=work.arguments["import_id"])


def last_change() -> int:
    return DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0


def told(imported: Import, sentence: str) -> dict[str, Any]:
    return {"sentence": sentence, "url": imported.get_absolute_url(), "counts": imported.rehearsal.get("counts", {})}
