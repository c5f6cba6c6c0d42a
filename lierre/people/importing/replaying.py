"""Settling a quarantined line: corrected and taken, given to someone, or set aside."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.faults import Fault, sentence
from lierre.people.importing.comparing import days
from lierre.people.importing.lines import digest_of, name_of
from lierre.people.importing.parts import items_of, labels_of, part_of, reading_of, understood
from lierre.people.importing.reading import LIMITS, BadLine
from lierre.people.importing.reading.scrutiny import Scrutiny
from lierre.people.importing.resolving import persons_by_key
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row
from lierre.people.json_text import compact
from lierre.people.matching.keys import keys_of
from lierre.people.matching.verdict import decide
from lierre.people.models import Person, QuarantinedLine, Record
from lierre.people.refold import fold_again
from lierre.people.saying import keep_keys

State = QuarantinedLine.State


def cells_of(line: QuarantinedLine) -> list[str]:
    """The cells as they came: kept with the line, or read again from its file. Empty when it is not a line of a table."""
    if line.raw:
        cells: list[str] = json.loads(line.raw)
        return cells
    item = item_of(line)
    return list(item.cells) if isinstance(item, Row | BadLine) else []


def item_of(line: QuarantinedLine) -> Row | Fault | Statement | None:
    """The line, read again from its file."""
    for item in items_of(line.delivery, part_of(line.delivery)):
        number = item.number if isinstance(item, Row) else item.line
        if number == line.line:
            return item
    return None


def replay(line: QuarantinedLine, cells: Sequence[str], *, by: Any) -> Record:
    """
    Take a line whose cells were corrected. It is decided as if the file had said so.

    Raises Refused with the reason when the line still cannot be taken.
    """
    check_waiting(line)
    said = statement_of(line, Row(line.line, tuple(cells)))
    known = persons_by_key(key.hash for key in keys_of(said.facts, line.delivery.imported.source_id))
    verdict = decide([
        (key.kind, known.get(key.hash, set())) for key in keys_of(said.facts, line.delivery.imported.source_id)
    ])  # fmt: skip
    if verdict.candidates:
        line.candidates, line.raw = list(verdict.candidates), compact(said.raw)
        line.code, line.value = QuarantinedLine.TO_DECIDE, name_of(said.facts)[:500]
        line.save(update_fields=["candidates", "raw", "code", "value"])
        raise Refused(_("The keys of this line point at several persons: choose one of them."))
    person = Person.objects.get(pk=verdict.person) if verdict.person else None
    if person is None and not name_of(said.facts):
        raise Refused(_("This line names nobody, and nobody is known by its keys."))
    return take(line, said, person, verdict.link, by=by)


def choose(line: QuarantinedLine, person: Person | None, *, by: Any) -> Record:
    """Someone has decided of whom this line speaks. None is a new person."""
    check_waiting(line)
    item = Row(line.line, tuple(cells_of(line))) if line.raw else item_of(line)
    if item is None:
        raise Refused(_("This line is no longer in the file that was kept."))
    said = statement_of(line, item)
    if person is None and not name_of(said.facts):
        raise Refused(_("This line names nobody: choose the person it speaks of."))
    return take(line, said, person, Record.Link.STAFF, by=by)


def drop(line: QuarantinedLine, *, by: Any, reason: str = "") -> None:
    """Set a line aside: it will not be asked again."""
    check_waiting(line)
    with transaction.atomic():
        line.settle(State.DROPPED, by=str(by))
        journal("quarantine.dropped", line.delivery.imported, by=by, why=reason, line=line.line)


def check_waiting(line: QuarantinedLine) -> None:
    if line.state != State.WAITING:
        raise Refused(_("This line is already settled."))
    if line.delivery.imported.state != "applied":
        raise Refused(_("Apply the import first: its other lines are not in the base yet."))


def statement_of(line: QuarantinedLine, item: Row | Fault | Statement) -> Statement:
    delivery = line.delivery
    reading = reading_of(delivery, part_of(delivery), labels_of(delivery.imported))
    said = looked_over(item, reading.header) if isinstance(item, Row) else item
    if isinstance(said, Row):
        said = understood(reading, said)
    if isinstance(said, Fault):
        raise Refused(sentence(said))
    return said


def looked_over(row: Row, header: Sequence[str]) -> Row | Fault:
    """What was typed is looked at as what a file holds: a formula stays out, whoever writes it."""
    return Scrutiny(header, LIMITS).of(row.number, row.cells) or Fault("no_name", row.number)


def take(line: QuarantinedLine, said: Statement, person: Person | None, link: int, *, by: Any) -> Record:
    imported = line.delivery.imported
    with transaction.atomic():
        if not QuarantinedLine.objects.filter(pk=line.pk, state=State.WAITING).update(state=State.REPLAYED):
            raise Refused(_("This line is already settled."))
        kept = Record.objects.create(
            delivery=line.delivery, line=line.line, person=person or Person.objects.create(), source=imported.source,
            asserted=days(said.asserted_on) or imported.asserted, linked_by=link, digest=digest_of(said.raw),
            raw=compact(said.raw), facts=compact(said.facts), said_by=str(by),
        )  # fmt: skip
        keep_keys(kept)
        assert kept.person_id is not None
        fold_again([kept.person_id])
        line.record = kept
        line.settle(State.REPLAYED, by=str(by))
        kept.person = Person.objects.get(pk=kept.person_id)
        journal("quarantine.replayed", kept.person, by=by, line=line.line)
    return kept
