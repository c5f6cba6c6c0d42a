"""Erasing a person: the only way to remove what was said. The journal keeps that it was done, not what was said.

Nothing that names them stays: neither rows, nor terms, nor waiting lines, nor the files that were brought.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final, Protocol, Self

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lierre.accounts.models import Invitation
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.foundation.models.work import Work
from lierre.people import projection, unwanted
from lierre.people.erasing_likeness import of_everything
from lierre.people.forgetting import Forgotten, forget_in_files, scrubbed
from lierre.people.marks import Marks
from lierre.people.models import Decision, Export, Import, LineTwin, Person, QuarantinedLine, Record, RecordKey
from lierre.people.rebuilding import USES
from lierre.people.reconciling.taking_off import take_off
from lierre.people.sought import Sought
from lierre.people.sweeping import forget_elsewhere, overwrite_what_goes, sweep

# While one of these is under way, its file and its lines are being read by somebody else.
BUSY: Final = ("rehearsing", "applying", "reverting")
# Persons written off in one transaction: others write meanwhile.
AT_ONCE: Final = 10


def erase(person: Person, *, by: Any, reason: str, on_request: bool = False) -> int:
    """
    Remove the person, their records and keys, and what names them anywhere: nothing brings them back but a new file.

    `on_request`: they asked for it themselves, and a new file does not bring them back either. Answers how many rows
    went in the other domains.
    """
    return erase_all([person], by=by, reason=reason, on_request=on_request)


def erase_all(persons: Sequence[Person], *, by: Any, reason: str, on_request: bool = False) -> int:
    """The same for several persons at once: each file that is kept is read once for all of them."""
    if not reason.strip():
        raise Refused(_("Say why this person is erased: the register must show it."))
    if Import.objects.filter(state__in=BUSY).exists():
        raise Refused(_("An import is being read or written just now: wait until it is finished, then ask again."))
    # Written first, out of the base: stopped half-way, or put back from a copy, the erasing is done again.
    unwanted.note([person.public_id for person in persons], on_request=on_request)
    overwrite_what_goes()
    take_off([person.pk for person in persons])
    removed = sum(forget_elsewhere(person) for person in persons)
    known = [Known.of(person) for person in persons]
    sought = Sought(each.marks for each in known)
    # The files first, outside any transaction: it is long, and stopped half-way it can be begun again.
    forgotten = forget_in_files([record for each in known for record in each.records], sought)
    folders = [imported.folder for imported in Import.objects.filter(member_id__in=[person.pk for person in persons])]
    lines = waiting_lines(known, sought, forgotten)
    remaining = iter(known)
    while some := list(islice(remaining, AT_ONCE)):
        with transaction.atomic():
            forget_imports(some, sought, forgotten)
            QuarantinedLine.objects.filter(pk__in=lines).delete()
            for each in some:
                write_off(each, forgotten, by=by, reason=reason, on_request=on_request)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for export in Export.objects.there():
        export.destroy(by=by)
    sweep()
    return removed


@dataclass(frozen=True)
class Known:
    """What is known of someone, read before it goes."""

    person: Person
    records: list[Record]
    marks: Marks

    @classmethod
    def of(cls, person: Person) -> Self:
        records = list(Record.objects.filter(person=person))
        return cls(person, records, Marks.in_facts(record.said for record in records))

    @cached_property
    def hashes(self) -> frozenset[int]:
        return frozenset(key.hash for record in self.records for key in record.keys)

    @property
    def numbers(self) -> set[int]:
        return {record.pk for record in self.records}


def write_off(known: Known, forgotten: Forgotten, *, by: Any, reason: str, on_request: bool) -> None:
    """Every row of one person."""
    person, marks = known.person, known.marks
    if on_request:
        unwanted.keep(known.hashes, of_everything([record.said for record in known.records]))
    forget_records(known)
    account = person.account
    forget_rows(person)
    journal("person.erased", person, by=by, why=marks.veil(reason), public_id=person.public_id,
            records=len(known.records), on_request=on_request,
            files_emptied=len(forgotten.emptied), files_destroyed=len(forgotten.destroyed))  # fmt: skip
    # Those who became them have nothing of their own any more, but their row.
    Person.objects.filter(merges__kept=person, merges__undone_at=None).delete()
    person.delete()
    Invitation.objects.filter(email__in=marks.numbers).delete()
    if account is not None and account.unnamed_in_journal:
        Invitation.objects.filter(Q(accepted_by=account) | Q(email=account.email)).delete()
        Work.objects.asked_by(account).update(by_name="", title="")
        account.delete()


def forget_records(known: Known) -> None:
    RecordKey.objects.filter(hash__in=known.hashes, record_id__in=known.numbers).delete()
    LineTwin.objects.of_records(Record.objects.filter(pk__in=known.numbers)).delete()
    about = Q(record__in=known.numbers) | Q(before=known.person) | Q(after=known.person)
    Decision.objects.filter(about).delete()
    Record.objects.filter(pk__in=known.numbers).delete()


class Leaving(Protocol):
    """Somebody of whom all goes, or a part."""

    @property
    def person(self) -> Person: ...
    @property
    def numbers(self) -> set[int]: ...
    @property
    def hashes(self) -> frozenset[int]: ...


def waiting_lines(known: Sequence[Leaving], sought: Sought, forgotten: Forgotten) -> list[int]:
    """Lines put aside that came with them, point at them, or bear their numbers or their name."""
    numbers = {number for each in known for number in each.numbers}
    hashes = {number for each in known for number in each.hashes}
    persons = {each.person.pk for each in known}
    return [
        line.pk
        for line in QuarantinedLine.objects.iterator(chunk_size=2_000)
        if line.record_id in numbers
        or persons & set(line.candidates)
        or hashes & set(line.keys)
        or (line.delivery_id, line.line) in forgotten.lines
        or sought.are_in(f"{line.value} {line.raw}")
    ]


def forget_imports(known: Sequence[Known], sought: Sought, forgotten: Forgotten) -> None:
    """What they brought themselves goes whole; what was not applied yet must be rehearsed again without them."""
    for imported in Import.objects.filter(member_id__in=[each.person.pk for each in known]):
        Work.objects.filter(arguments__import_id=imported.pk).delete()
        Record.objects.filter(delivery__imported=imported, person=imported.member_id).delete()
        # A record that was given to somebody else keeps the name of the file it came in.
        if not Record.objects.filter(delivery__imported=imported).exists():
            imported.delete()
    identifiers = [each.person.public_id for each in known]
    for imported in Import.objects.exclude(rehearsal={}):
        if scrubbed(imported, sought, identifiers):
            imported.save(update_fields=["rehearsal"])
    for imported in Import.objects.filter(pk__in=forgotten.imports, state__in=["rehearsed", "reverted"]):
        imported.become_ready()


def forget_rows(person: Person) -> None:
    """What was folded of them, and the employers that nobody else has."""
    terms = terms_of(person)
    projection.clear([person.pk])
    projection.changed([person.pk])
    forget_unused(terms)


def forget_unused(terms: set[int]) -> None:
    """Those of these words that nobody bears any more."""
    unused = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = term.id)" for table, column in USES)
    with connection.cursor() as cursor:
        for number in sorted(terms):
            cursor.execute(f"DELETE FROM people_term AS term WHERE id = %s AND {unused}", [number])


def terms_of(person: Person) -> set[int]:
    return set(person.positions.filter(employer__isnull=False).values_list("employer_id", flat=True))
