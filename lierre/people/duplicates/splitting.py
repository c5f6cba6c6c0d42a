"""A person made of two: which records speak of the other one is proposed, somebody decides."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.fold.text import folded
from lierre.people.linking import point
from lierre.people.marks import veiled
from lierre.people.matching.verdict import contradicts
from lierre.people.models import Decision, Person, Record, Suspicion
from lierre.people.refold import fold_again, lock

RULE = "split"


def proposal(records: Sequence[Record]) -> set[int]:
    """
    The records that cannot speak of the same person as the oldest one, with those that share a key with them.

    Contradictory numbers and days of birth come first; without any, another name. Empty when all of them agree.
    """
    ordered = sorted(records, key=lambda record: (record.asserted, record.pk))
    groups = groups_by_key(ordered)
    if len(groups) < 2:
        return set()
    first, *others = groups
    apart = [group for group in others if any(disagree(one, other) for one in group for other in first)]
    return {record.pk for group in apart for record in group}


def groups_by_key(records: Sequence[Record]) -> list[list[Record]]:
    """Records that bear a common number or address, and those that repeat a name: in the order of their oldest."""
    groups: list[tuple[set[Any], list[Record]]] = []
    for record in records:
        bears: set[Any] = {key.hash for key in record.keys} | names(record)
        joined = [
            group for group in groups if group[0] & bears and not any(disagree(record, each) for each in group[1])
        ]
        rest = [group for group in groups if group not in joined]
        kept = [each for group in joined for each in group[1]]
        groups = [*rest, (bears.union(*(group[0] for group in joined)), [*kept, record])]
    return sorted(
        (group for _bears, group in groups), key=lambda group: min((each.asserted, each.pk) for each in group)
    )


def names(record: Record) -> set[tuple[str, str]]:
    said = record.said
    given = folded(said.get("given", ""))
    return {(given, folded(name)) for name in (said.get("family"), said.get("usage")) if name and given}


def disagree(one: Record, other: Record) -> bool:
    """Whether two records cannot be of one person: numbers, day of birth, or no name in common."""
    if contradicts(one.said, other.said):
        return True
    numbers = one.said.get("student_number"), other.said.get("student_number")
    if all(numbers) and numbers[0] != numbers[1] and one.source_id == other.source_id:
        return True
    return bool(names(one) and names(other) and not names(one) & names(other) and not share_a_key(one, other))


def share_a_key(one: Record, other: Record) -> bool:
    return bool({key.hash for key in one.keys} & {key.hash for key in other.keys})


def split(person: Person, numbers: Collection[int], *, by: Any, reason: str) -> Person:
    """These records speak of somebody else, a new person. Remembered: the pair is not asked about again."""
    if not reason.strip():
        raise Refused(_("Say why: the next reader will ask."))
    with transaction.atomic():
        lock([person.pk])
        theirs = list(Record.objects.select_for_update().filter(person=person))
        moved = [record for record in theirs if record.pk in numbers]
        if not moved:
            raise Refused(_("Tick the records that speak of the other person."))
        if len(moved) == len(theirs):
            raise Refused(_("Leave at least one record to this person: otherwise there is nobody to separate."))
        other, now = Person.objects.create(), timezone.now()
        for record in moved:
            Decision.objects.create(
                record=record, before=person, after=other, link_before=record.linked_by, reason=reason,
                by_name=str(by), at=now,
            )  # fmt: skip
            point(record, other.pk, Record.Link.STAFF)
        fold_again([person.pk, other.pk])
        remember(person, other, by=by)
        other.refresh_from_db()
        journal(
            "person.split", other, by=by, why=veiled(reason, person, other), records=len(moved), of=person.public_id
        )
    return other


def remember(one: Person, other: Person, *, by: Any) -> None:
    low, high = sorted([one.pk, other.pk])
    judged = {"state": Suspicion.State.DIFFERENT, "judged_by": str(by)[:200], "judged_at": timezone.now()}
    Suspicion.objects.update_or_create(
        low_id=low,
        high_id=high,
        defaults=judged,
        create_defaults={**judged, "probability": 0, "worth": 0, "rule": RULE},
    )
