"""
A first name or a civility changed as the law lets: the former one stands nowhere any more, as if it had never been said.

A record is never changed: another one takes its place, under the same number, which says the new name. What came with
the former one goes: the line as it was delivered, in the base and in the files. No line of the journal says what changed.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.foundation.bulk import insert_rows
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.foundation.models.work import Work
from lierre.people import projection
from lierre.people.erasing import BUSY, waiting_lines
from lierre.people.fold.text import folded
from lierre.people.forgetting import Forgotten, forget_in_files, scrubbed
from lierre.people.marks import VEIL, WORD, Marks
from lierre.people.models import ContactPoint, Delivery, Export, Import, Person, QuarantinedLine, Record, RecordKey
from lierre.people.reconciling.taking_off import take_off
from lierre.people.refold import fold_again
from lierre.people.sought import Sought
from lierre.people.sweeping import overwrite_what_goes, sweep

NOTHING: Final = "[]"  # of a line as it came
NAMES: Final = ("given", "given_others", "sex")


@dataclass(frozen=True)
class Renaming:
    """
    `said`: what stands from now on under `given`, `given_others`, `sex`; an empty one is said no more. `gone`: addresses
    that carry the former name, and go with it.
    """

    person: Person
    records: list[Record]
    said: Mapping[str, str]
    gone: Collection[str] = ()

    @cached_property
    def marks(self) -> Marks:
        return Marks.in_facts(record.said for record in self.records)

    @cached_property
    def hashes(self) -> frozenset[int]:
        return frozenset(key.hash for record in self.records for key in record.keys)

    @cached_property
    def numbers(self) -> set[int]:
        return {record.pk for record in self.records}

    @cached_property
    def former(self) -> set[str]:
        """First names that were said until now, and are not any more."""
        told = {record.said.get(name, "") for record in self.records for name in ("given", "given_others")}
        kept = {word for name in ("given", "given_others") for word in folded(self.said.get(name, "")).split()}
        return {word for name in told for word in folded(str(name)).split() if word not in kept}

    def renamed(self, record: Record) -> Record:
        """What it said, under the new name; as it came if it never named them."""
        before: dict[str, Any] = dict(record.said)
        names = [name for name in NAMES if name in self.said and (name in before or "given" in before)]
        facts = before | {name: self.said[name] for name in names if name in before or self.said[name]}
        if "contacts" in facts:
            facts["contacts"] = [each for each in facts["contacts"] if each["value"] not in self.gone]
        record.reason = self.veiled(record.reason, VEIL)
        record.said_by = self.veiled(record.said_by, self.said["given"])
        if facts == before:
            return record
        left = {name: value for name, value in facts.items() if value not in ("", [])}
        record.facts = json.dumps(left, ensure_ascii=False, separators=(",", ":"))
        record.raw = record.facts if record.delivery_id is None else NOTHING
        return record

    def veiled(self, text: str, instead: str) -> str:
        """The text without the names that are borne no more."""
        return WORD.sub(lambda word: instead if self.former & set(folded(word[0]).split()) else word[0], text)


def rename(person: Person, said: Mapping[str, str], *, by: Any, gone: Collection[str] = ()) -> None:
    """Files first, outside any transaction: stopped half-way, it is asked again and goes on."""
    if not said.get("given", "").strip():
        raise Refused(_("Write the first name that they bear from now on."))
    if Import.objects.filter(state__in=BUSY).exists():
        raise Refused(_("An import is being read or written just now: wait until it is finished, then ask again."))
    asked = Renaming(person, list(Record.objects.filter(person=person).order_by("pk")), said, gone)
    sought = Sought([asked.marks])
    overwrite_what_goes()
    take_off([person.pk])
    forgotten = forget_in_files(asked.records, sought)
    lines = waiting_lines([asked], sought, forgotten)
    with transaction.atomic():
        scrub_reports(asked, sought, forgotten)
        QuarantinedLine.objects.filter(pk__in=lines).delete()
        replace(asked)
        fold_again([person.pk])
        rename_account(asked)
        # The journal is for ever: it says that somebody was corrected, as it does of a street or of a title.
        journal("person.corrected", person, by=by, why=_("At their request."))
    for export in Export.objects.there():
        export.destroy(by=by)
    sweep()


def scrub_reports(asked: Renaming, sought: Sought, forgotten: Forgotten) -> None:
    """Samples of rehearsals, names of the files and of the works that were theirs."""
    for imported in Import.objects.exclude(rehearsal={}):
        if scrubbed(imported, sought, [asked.person.public_id]):
            imported.save(update_fields=["rehearsal"])
    for imported in Import.objects.filter(pk__in=forgotten.imports, state__in=["rehearsed", "reverted"]):
        imported.become_ready()
    for brought in Import.objects.filter(member_id=asked.person.pk):
        Import.objects.filter(pk=brought.pk).update(by_name=asked.veiled(brought.by_name, asked.said["given"]))
    for delivery in Delivery.objects.filter(imported__member_id=asked.person.pk):
        Delivery.objects.filter(pk=delivery.pk).update(name=asked.veiled(delivery.name, VEIL))
    for work in Work.objects.asked_by(asked.person.account) if asked.person.account else []:
        Work.objects.filter(pk=work.pk).update(
            title=asked.veiled(work.title, VEIL), by_name=asked.veiled(work.by_name, VEIL)
        )


def replace(asked: Renaming) -> None:
    """In one transaction: what points at a record finds it again under the same number when it ends."""
    numbers = sorted(asked.numbers)
    left = [asked.renamed(record) for record in asked.records]
    RecordKey.objects.filter(record_id__in=numbers).delete()
    with connection.cursor() as cursor:
        for some in projection.sliced(numbers, projection.SLICE):
            cursor.execute(f"DELETE FROM people_record WHERE id {projection.among(some)}", projection.held(some))
    Record.objects.bulk_create(left)
    keys = sorted({(key.hash, each.pk) for each in left for key in each.keys})
    insert_rows("people_recordkey", ("hash", "record_id"), keys)


def rename_account(asked: Renaming) -> None:
    """The name under which they sign in, when it was the former one."""
    account = asked.person.account
    if account is not None and (name := asked.veiled(account.name, asked.said["given"])) != account.name:
        User.objects.filter(pk=account.pk).update(name=name)


def addresses_that_tell(person: Person) -> list[str]:
    """E-mail addresses that carry the first name of today: they may have to go with it."""
    plain = re.escape(folded(person.given))
    points = person.contact_points.filter(kind=ContactPoint.Kind.EMAIL).values_list("value", flat=True) if plain else []
    return [value for value in points if re.search(rf"(?<![a-z]){plain}(?![a-z])", value.partition("@")[0])]
