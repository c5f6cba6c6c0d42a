"""A dialect whose columns each mean one thing: nearly all tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise

from lierre.people.faults import Fault
from lierre.people.importing.dialects.closing import as_facts, close, names_nobody
from lierre.people.importing.dialects.column_reader import ColumnReader, reader_of
from lierre.people.importing.dialects.targets import TABLE, Put, contact
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row
from lierre.people.importing.values import Misread
from lierre.people.importing.values.contacts import email_of
from lierre.people.importing.values.dates import birth_of, date_of

Finish = Callable[[dict[str, Any], Mapping[str, str]], None]
FULL: Final = len("1991-05-17")
DATES: Final = {
    "born": "born", "died_on": "died", "asserted_on": "asserted_on", "positions.started": "position.started",
    "positions.ended": "position.ended", "studies.started": "study.started", "studies.ended": "study.ended",
}  # fmt: skip


@dataclass(eq=False)
class Columned:
    """`targets` goes from the folded name of a column to a target; `signature` are the columns that betray the system."""

    name: str
    label: str | Promise
    source_kind: str
    targets: Mapping[str, str]
    signature: frozenset[str]
    order: int = 50
    prefixes: bool = False  # enumerations stand inside the header: compare by beginning
    date_order: str = "dm"
    proven_emails: frozenset[str] = frozenset()  # folded columns whose e-mails the system has proven
    finish: Finish | None = None  # what this system needs before the line is closed
    silent: bool = False  # its lines are about nobody
    required: str = ""  # the target without which a line is about nobody
    nothing: frozenset[str] = field(default=frozenset())  # what stands for "nothing" in every column

    def recognises(self, header: Sequence[str]) -> float:
        """The share of the signature that is there."""
        folded = {self.known(name) for name in fold_header(header)}
        return len(self.signature & folded) / len(self.signature) if self.signature else 0.0

    def known(self, column: str) -> str:
        """The name under which this column is known: the whole name, or what stands before its enumeration."""
        return column.partition("(")[0].strip() if self.prefixes and column not in self.targets else column

    def columns(self, header: Sequence[str]) -> dict[str, str]:
        return {name: self.target_of(name) for name in header}

    def labels(self, header: Sequence[str], rows: Iterator[Row]) -> dict[str, str]:  # noqa: ARG002 - most teach nothing
        return {}

    def understand(self, header: Sequence[str], labels: Mapping[str, str]) -> Callable[[Row], Statement | Fault]:
        columns = [
            ColumnReader(place, column, target, self.put_for(column, target), self.nothing)
            for place, column in enumerate(header)
            if (target := self.target_of(column))
        ]
        read_cells = reader_of(columns)
        finish = self.finish
        ine_column = next((each.column for each in columns if each.target == "ine"), "")
        needed = next((each.column for each in columns if each.target == self.required), self.required)

        def understand(row: Row) -> Statement | Fault:
            facts: dict[str, Any] = {}
            doubts: list[Fault] = []
            if refusal := read_cells(row, facts, doubts):
                return refusal
            if finish:
                finish(facts, labels)
            said_ine = facts.get("ine", "")
            try:
                close(facts)
            except Misread as misread:
                return Fault(misread.code, row.number, ine_column, said_ine)
            if needed and not facts.get(self.required):
                return Fault("missing_identifier", row.number, needed)
            if names_nobody(facts):
                return Fault("no_name", row.number)
            asserted = facts.pop("asserted_on", "")
            return Statement(
                row.number, list(row.cells), as_facts(facts), asserted if len(asserted) == FULL else "", tuple(doubts)
            )

        return understand

    def target_of(self, column: str) -> str:
        return self.targets.get(self.known(fold_header(column)), "")

    def order_of(self, column: str) -> str:  # noqa: ARG002 - a table of somebody's own looks at the name
        return self.date_order

    def put_for(self, column: str, target: str) -> Put:
        if target.startswith("contacts.email") and self.known(fold_header(column)) in self.proven_emails:
            return contact("email", email_of, confirmed=True)
        order = self.order_of(column)
        if target in DATES and order != "dm":
            return dated(DATES[target], birth_of if target == "born" else date_of, order)
        return TABLE[target][1]


def dated(name: str, reader: Callable[[str, str], str], order: str) -> Put:
    """A date whose day does not come first, or of which nobody knows what does."""
    group, _dot, inside = name.rpartition(".")

    def put(facts: dict[str, Any], value: str) -> None:
        if found := reader(value, order):
            (facts.setdefault(group, {}) if group else facts)[inside] = found

    return put
