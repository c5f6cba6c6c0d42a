"""Settling a quarantined line: corrected and taken, given to someone, or set aside."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people import unwanted
from lierre.people.answering_lines import line_was_given
from lierre.people.erasing_likeness import Likeness
from lierre.people.faults import ERASED_ON_REQUEST, LIKE_SOMEBODY_ERASED, Fault, sentence
from lierre.people.importing.comparing import days
from lierre.people.importing.lines import digest_of, name_of
from lierre.people.importing.parts import header_of, items_of, labels_kept, part_of, reading_of, understood
from lierre.people.importing.reading import LIMITS, BadLine
from lierre.people.importing.reading.scrutiny import Scrutiny
from lierre.people.importing.resolving import persons_by_key
from lierre.people.importing.screening import refuse_unwanted
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row
from lierre.people.json_text import compact, parsed
from lierre.people.matching.keys import LIKENESS, keys_of
from lierre.people.matching.verdict import decide
from lierre.people.models import LineMatch, Person, QuarantinedLine, Record
from lierre.people.models.merge import standing
from lierre.people.reconciling.knowledge import in_force
from lierre.people.reconciling.recognising import Asked, Recogniser
from lierre.people.refold import fold_again
from lierre.people.saying import keep_keys

State = QuarantinedLine.State
MOST_FELLOWS: Final = 500
UNREAD: Final = (ERASED_ON_REQUEST, LIKE_SOMEBODY_ERASED)  # of whom no page shows a word


def cells_of(line: QuarantinedLine) -> list[str]:
    """The cells as they came: kept with the line, or read again from its file. Empty when it is not a line of a table."""
    if line.code in UNREAD:
        return []
    if line.raw:
        kept = json.loads(line.raw)
        return [str(cell) for cell in kept] if isinstance(kept, list) else []
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
        line.facts, line.asserted_on = compact(said.facts), said.asserted_on
        line.code, line.value = QuarantinedLine.TO_DECIDE, name_of(said.facts)[:500]
        line.save(update_fields=["candidates", "raw", "facts", "asserted_on", "code", "value"])
        raise Refused(_("The keys of this line point at several persons: choose one of them."))
    person = Person.objects.get(pk=verdict.person) if verdict.person else None
    if person is None and name_of(said.facts):
        return take_or_ask(line, said, by=by)
    if person is None and not name_of(said.facts):
        raise Refused(_("This line names nobody, and nobody is known by its keys."))
    return take(line, said, person, verdict.link, by=by)


def take_or_ask(line: QuarantinedLine, said: Statement, *, by: Any) -> Record:
    """No key knows anybody: whoever the line resembles is asked about, as in a rehearsal."""
    keys = [key.hash for key in keys_of(said.facts, line.delivery.imported.source_id)]
    asked = Asked(line.delivery_id, line.line, (*keys, digest_of(said.raw)), said.facts)
    LineMatch.objects.of_line(line.delivery_id, line.line).delete()
    found = Recogniser(line.delivery.imported, in_force).recognise([asked])[0]
    if found.candidates:
        line.candidates, line.raw, line.keys = list(found.candidates), compact(said.raw), keys
        line.facts, line.asserted_on = compact(said.facts), said.asserted_on
        line.code, line.value = QuarantinedLine.RESEMBLES, name_of(said.facts)[:500]
        line.save(update_fields=["candidates", "raw", "keys", "facts", "asserted_on", "code", "value"])
        raise Refused(_("This line resembles somebody of the base: say whether it is the same person."))
    person = Person.objects.get(pk=found.person) if found.person else None
    return take(line, said, person, LIKENESS if person else Record.Link.NEW, by=by)


def choose(line: QuarantinedLine, person: Person | None, *, by: Any) -> Record:
    """Someone has decided of whom this line speaks. None is a new person."""
    person = standing(person) if person else None
    check_waiting(line)
    said = understood_before(line) or read_again(line)
    if person is None and not name_of(said.facts):
        raise Refused(_("This line names nobody: choose the person it speaks of."))
    with transaction.atomic():
        record = take(line, said, person, Record.Link.STAFF, by=by)
        line_was_given(line, record, is_new=person is None, by=by)
        for fellow in fellows(line):
            take(fellow, understood_before(fellow) or read_again(fellow), record.person, Record.Link.STAFF, by=by)
    return record


def fellows(line: QuarantinedLine) -> list[QuarantinedLine]:
    """Other lines of this import that bear a key of a line which resembles somebody: they speak of the same person."""
    if line.code not in QuarantinedLine.LIKENESSES or not line.keys:
        return []
    others = QuarantinedLine.objects.waiting().filter(
        delivery__imported=line.delivery.imported_id, code__in=QuarantinedLine.LIKENESSES
    )
    mine = set(line.keys)
    found = [pk for pk, keys in others.values_list("pk", "keys").iterator() if not mine.isdisjoint(keys)]
    return list(
        QuarantinedLine.objects.filter(pk__in=found[:MOST_FELLOWS]).select_related("delivery__imported__source")
    )


def understood_before(line: QuarantinedLine) -> Statement | None:
    """What the rehearsal had understood of the line, if it had."""
    if not line.facts:
        return None
    return Statement(line.line, parsed(line.raw), parsed(line.facts), line.asserted_on)


def read_again(line: QuarantinedLine) -> Statement:
    """A line whose cells were typed since, or that was put aside before what is understood was kept."""
    cells = cells_of(line)
    item = Row(line.line, tuple(cells)) if cells else item_of(line)
    if item is None:
        raise Refused(_("This line is no longer in the file that was kept."))
    return statement_of(line, item)


def drop(line: QuarantinedLine, *, by: Any, reason: str = "") -> None:
    """Set a line aside: it will not be asked again. Of somebody who was erased, the file must then forget it."""
    check_waiting(line)
    with transaction.atomic():
        if line.code == LIKE_SOMEBODY_ERASED:
            # It was them: what this line bears recognises them in the next file, without asking.
            unwanted.keep(line.keys, Likeness())
            line.code, line.keys = ERASED_ON_REQUEST, []
            line.save(update_fields=["code", "keys"])
        line.settle(State.DROPPED, by=str(by))
        journal("quarantine.dropped", line.delivery.imported, by=by, why=reason, line=line.line)


def check_waiting(line: QuarantinedLine) -> None:
    if line.state != State.WAITING:
        raise Refused(_("This line is already settled."))
    if line.delivery.imported.state != "applied":
        raise Refused(_("Apply the import first: its other lines are not in the base yet."))


def statement_of(line: QuarantinedLine, item: Row | Fault | Statement) -> Statement:
    delivery = line.delivery
    reading = reading_of(delivery, header_of(delivery), labels_kept(delivery.imported))
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
    if person is None:
        refuse_unwanted([key.hash for key in keys_of(said.facts, imported.source_id)])
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
