"""
Erasing families of values of somebody who stays: what they did since goes, that they studied here stays.

A record is never changed: another one takes its place, under the same number, which holds what is left and nothing as it
came. The files that were brought lose the lines that said it; the next file that says so again is read like any other.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final, Self

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lierre.foundation.bulk import insert_rows
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people import projection
from lierre.people.erasing import AT_ONCE, BUSY, forget_unused, terms_of, waiting_lines
from lierre.people.fold.folding import GROUP_OF
from lierre.people.forgetting import Forgotten, forget_in_files, scrubbed
from lierre.people.marks import Marks
from lierre.people.models import Claim, Decision, Export, Import, Person, QuarantinedLine, Record, RecordKey
from lierre.people.reconciling.taking_off import take_off
from lierre.people.refold import fold_again
from lierre.people.sought import Sought
from lierre.people.sweeping import forget_elsewhere, overwrite_what_goes, sweep

NOTHING: Final = "[]"  # of a line as it came
LISTS: Final = ("studies", "positions", "contacts")
# What is known of their choices, and that they were asked, proves that the clock was right: it stays with them.
PROOFS: Final = "privacy."


def family_of(name: str) -> str:
    """
    >>> family_of("contacts"), family_of("headline"), family_of("audience_name")
    ('contacts', 'profile', 'choices')
    """
    # A source's own identifier belongs to no group of the policy: it says who somebody is.
    return name if name in LISTS else str(GROUP_OF.get(name, "identity"))


def left_of(facts: Mapping[str, Any], going: Collection[str]) -> dict[str, Any]:
    """
    >>> left_of({"given": "Amélie", "headline": "Énergie", "contacts": []}, {"profile", "contacts"})
    {'given': 'Amélie'}
    """
    return {name: value for name, value in facts.items() if family_of(name) not in going}


@dataclass(frozen=True)
class Lapsing:
    """Somebody, their records, and what goes of them. Read before anything is written."""

    person: Person
    records: list[Record]
    marks: Marks
    going: frozenset[str]

    @classmethod
    def of(cls, person: Person, going: frozenset[str]) -> Self:
        records = list(Record.objects.filter(person=person).order_by("pk"))
        gone = [{name: value for name, value in each.said.items() if family_of(name) in going} for each in records]
        return cls(person, records, Marks.in_facts(gone), going)

    @cached_property
    def hashes(self) -> frozenset[int]:
        return frozenset(key.hash for record in self.records for key in record.keys)

    @property
    def numbers(self) -> set[int]:
        return {record.pk for record in self.records}


def erase_families(going: Mapping[Person, frozenset[str]], *, by: Any, reason: str) -> None:
    """Each person → the families of values that go. Stopped half-way, it is asked again and goes on."""
    if not reason.strip():
        raise Refused(_("Say why these values are erased: the register must show it."))
    if Import.objects.filter(state__in=BUSY).exists():
        raise Refused(_("An import is being read or written just now: wait until it is finished, then ask again."))
    overwrite_what_goes()
    take_off([person.pk for person in going])
    for person in going:
        forget_elsewhere(person, but=PROOFS)
    known = [Lapsing.of(person, families) for person, families in going.items()]
    sought = Sought(each.marks for each in known)
    forgotten = forget_in_files([record for each in known for record in each.records], sought)
    lines = waiting_lines(known, sought, forgotten)
    remaining = iter(known)
    while some := list(islice(remaining, AT_ONCE)):
        with transaction.atomic():
            scrub_reports(some, sought, forgotten)
            QuarantinedLine.objects.filter(pk__in=lines).delete()
            for each in some:
                prune(each, forgotten, by=by, reason=reason)
    for export in Export.objects.there():
        export.destroy(by=by)
    sweep()


def prune(lapsing: Lapsing, forgotten: Forgotten, *, by: Any, reason: str) -> None:
    """One person: their records hold what is left, and they are folded again from them."""
    terms = terms_of(lapsing.person)
    Claim.objects.filter(person=lapsing.person).delete()
    replace(lapsing)
    for decision in Decision.objects.filter(record__in=lapsing.numbers).exclude(reason=""):
        Decision.objects.filter(pk=decision.pk).update(reason=lapsing.marks.veil(decision.reason))
    fold_again([lapsing.person.pk])
    projection.changed([lapsing.person.pk])
    forget_unused(terms)
    journal(
        "person.families_erased", lapsing.person, by=by, why=lapsing.marks.veil(reason), families=sorted(lapsing.going),
        records=len(lapsing.records), files_emptied=len(forgotten.emptied), files_destroyed=len(forgotten.destroyed),
    )  # fmt: skip


def replace(lapsing: Lapsing) -> None:
    """In one transaction: what points at a record finds it again under the same number when it ends."""
    numbers = sorted(lapsing.numbers)
    RecordKey.objects.filter(record_id__in=numbers).delete()
    with connection.cursor() as cursor:
        for some in projection.sliced(numbers, projection.SLICE):
            cursor.execute(f"DELETE FROM people_record WHERE id {projection.among(some)}", projection.held(some))
    left = [pruned(each, lapsing) for each in lapsing.records]
    Record.objects.bulk_create(left)
    keys = sorted({(key.hash, each.pk) for each in left for key in each.keys})
    insert_rows("people_recordkey", ("hash", "record_id"), keys)


def pruned(record: Record, lapsing: Lapsing) -> Record:
    """The digest stays: the same line brought again says nothing new."""
    record.facts = json.dumps(left_of(record.said, lapsing.going), ensure_ascii=False, separators=(",", ":"))
    record.raw, record.reason = NOTHING, lapsing.marks.veil(record.reason)
    return record


def scrub_reports(known: Sequence[Lapsing], sought: Sought, forgotten: Forgotten) -> None:
    """Samples of rehearsals that show them go; what was not applied yet must be rehearsed again."""
    identifiers = [each.person.public_id for each in known]
    for imported in Import.objects.exclude(rehearsal={}):
        if scrubbed(imported, sought, identifiers):
            imported.save(update_fields=["rehearsal"])
    for imported in Import.objects.filter(pk__in=forgotten.imports, state__in=["rehearsed", "reverted"]):
        imported.become_ready()
