"""Says of which person a record speaks. Nothing is lost: a decision points the record back when it is undone."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.marks import veiled
from lierre.people.models import Decision, Person, Record
from lierre.people.models.merge import standing
from lierre.people.reconciling.refusing import record_was_moved
from lierre.people.refold import fold_again


def link(record: Record, person: Person, *, by: Any, reason: str) -> Decision:
    """This record speaks of that person, or of whoever they are today."""
    person = standing(person)
    if record.person_id == person.pk:
        raise Refused(_("This record already speaks of %(person)s.") % {"person": person})
    return repoint(record, person, by=by, reason=reason)


def separate(record: Record, *, by: Any, reason: str) -> Decision:
    """This record speaks of somebody else, who is not known yet: a person of its own."""
    if not Record.objects.filter(person=record.person_id).exclude(pk=record.pk).exists():
        raise Refused(_("This record is the only one of its person: there is nobody to separate it from."))
    with transaction.atomic():
        return repoint(record, Person.objects.create(), by=by, reason=reason)


def repoint(record: Record, person: Person, *, by: Any, reason: str) -> Decision:
    if not reason.strip():
        raise Refused(_("Say why: the next reader will ask."))
    with transaction.atomic():
        record_was_moved(record, record.person, by=by)
        decision = Decision.objects.create(
            record=record, before_id=record.person_id, after=person, link_before=record.linked_by,
            reason=reason, by_name=str(by),
        )  # fmt: skip
        point(record, person.pk, Record.Link.STAFF)
        fold_again(number for number in (decision.before_id, person.pk) if number)
        why = veiled(reason, person, *filter(None, [decision.before]))
        journal("record.linked", Person.objects.get(pk=person.pk), by=by, why=why, record=record.pk)
    return decision


def undo(decision: Decision, *, by: Any) -> None:
    """Point the record back. Refused when a later decision has moved it since: that one is undone first."""
    if decision.merge_id:
        raise Refused(_("This record came with a merge: undo the whole merge, or separate this record."))
    with transaction.atomic():
        record = Record.objects.select_for_update().get(pk=decision.record_id)
        later = record.decisions.filter(pk__gt=decision.pk, undone_at=None)
        if decision.undone_at or later.exists() or record.person_id != decision.after_id:
            raise Refused(_("Another decision was taken since on this record: undo that one first."))
        decision.undone_at = timezone.now()
        decision.save(update_fields=["undone_at"])
        person, link = where_it_was(decision)
        before = standing(person) if person else None
        point(record, before.pk if before else None, link)
        fold_again(each.pk for each in (before, decision.after) if each)
        subject = before or decision.after
        concerned = filter(None, [decision.before, decision.after])
        journal("record.unlinked", subject, by=by, why=veiled(decision.reason, *concerned), record=record.pk)


def where_it_was(decision: Decision) -> tuple[Person | None, int]:
    """Whose the record was, and why. A merge that brought it there and was undone since has no hold on it any more."""
    person, link = decision.before, decision.link_before
    earlier = Decision.objects.filter(record=decision.record_id, pk__lt=decision.pk, undone_at=None)
    for each in earlier.select_related("merge", "before").order_by("-pk"):
        if each.merge is None or each.merge.undone_at is None:
            break
        Decision.objects.filter(pk=each.pk).update(undone_at=each.merge.undone_at)
        person, link = each.before, each.link_before
    return person, link


def undo_with_its_fellows(decision: Decision, *, by: Any) -> int:
    """Point back every record that one gesture moved from the one to the other."""
    with transaction.atomic():
        fellows = decision.fellows()
        for each in fellows:
            undo(each, by=by)
    return len(fellows)


def point(record: Record, person_id: int | None, why: int) -> None:
    record.person_id, record.linked_by = person_id, why
    record.save(update_fields=["person", "linked_by"])
