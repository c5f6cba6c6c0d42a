"""Acts that happen to a base, in whatever order their dates and their dependences allow, and what the base then says."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import override_settings

from lierre.people import projection
from lierre.people.linking import link, undo
from lierre.people.matching.keys import Key
from lierre.people.models import Decision, Import, Person, Record, RecordKey, Source, Term
from lierre.people.rebuilding import expected_tables, rebuild, stored
from lierre.people.saying import say, staff_source
from lierre.people.tests.imports import applied

FIRST_DAY = date(2026, 1, 1)
SOURCES = {"school": "Scolarité", "platform": "Plateforme", "survey": "Enquête", "third": "Association"}


@dataclass(frozen=True)
class Act:
    """`number` gives the day on which it is true. `after`: the acts that must have happened before it can."""

    kind: str
    number: int
    after: frozenset[int] = frozenset()
    what: Any = None

    @property
    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.number)


@dataclass
class Story:
    """One base, from its first act to its last. `checks`: what the comparison with the records found after each act."""

    by: Any
    imports: dict[int, Import] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    checks: list[int] = field(default_factory=list)

    def live(self, acts: Iterable[Act]) -> None:
        for act in acts:
            getattr(self, act.kind)(act)
            self.checks.append(rebuild(only_check=True).differences)

    def bring(self, act: Act) -> None:
        kind, rows = act.what
        source, _new = Source.objects.get_or_create(name=SOURCES[kind], defaults={"kind": kind, "siglum": kind[:2]})
        self.imports[act.number] = applied(rows, source, act.day, by=self.by, name=f"lot-{act.number}.csv")

    def correct(self, act: Act) -> None:
        number, facts = act.what
        said = {**facts, "student_number": number}
        say(
            said,
            source=staff_source(),
            by=self.by,
            person=person_of(number),
            asserted_on=act.day,
            reason="Au téléphone.",
        )

    def revert(self, act: Act) -> None:
        imported = self.imports[act.what]
        imported.refresh_from_db()
        imported.ask_revert(by=self.by).run_now()

    def link(self, act: Act) -> None:
        brought, line, number = act.what
        record = Record.objects.get(delivery__imported=self.imports[brought], line=line)
        self.decisions[act.number] = link(record, person_of(number), by=self.by, reason="La même personne.")

    def unlink(self, act: Act) -> None:
        undo(Decision.objects.get(pk=self.decisions[act.what].pk), by=self.by)


def person_of(number: str) -> Person:
    """Whose student number this was at first: the staff's own record of it is never moved."""
    keys = RecordKey.objects.filter(hash=Key("student_number", number).hash).values("record_id")
    records = Record.objects.filter(pk__in=keys).select_related("person").order_by("source__kind", "pk")
    spoken = [record for record in records if record.linked_by != Record.Link.STAFF or record.source.kind == "staff"]
    found = spoken[0].person
    assert found is not None
    return found


class Forgotten(Exception):  # noqa: N818 - the story is told, and never happened
    pass


def told(acts: Sequence[Act], by: Any, ask: Callable[[], Any]) -> tuple[Any, list[int]]:
    """Live these acts in a base of their own, answer what `ask` sees at the end, and forget everything."""
    story, answer = Story(by), None
    with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=Path(folder)):
        try:
            with transaction.atomic():
                story.live(acts)
                answer = ask()
                raise Forgotten
        except Forgotten:
            return answer, story.checks


def said_by_the_base() -> Any:
    """Every row of every person, with numbers replaced by what they stand for: two bases that say the same are equal."""
    rebuild(only_check=False)
    names = {record.pk: (record.source.name, record.asserted, record.line, record.facts) for record in
             Record.objects.select_related("source")}  # fmt: skip
    persons: dict[int, list[Any]] = {}
    for number, name in names.items():
        persons.setdefault(Record.objects.get(pk=number).person_id or 0, []).append(name)
    natural = {number: tuple(sorted(said)) for number, said in persons.items()}
    rows: list[Any] = []
    for table, columns, key, _rows in expected_tables(projection.Sheaf()):
        last = columns[-1] == "record_id"
        for row in stored(table, columns, key, 1, 2**62):
            person = natural.get(row[0], row[0])
            rest = (*row[1:-1], names.get(row[-1], row[-1])) if last else row[1:]
            rows.append((table, person, tuple(map(str, rest))))
    return sorted(rows, key=repr), sorted(Term.objects.values_list("pk", flat=True))


def damaged(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
