"""One column of a table as it is read: what its cells have said is remembered, since most say the same from line to line."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from lierre.people.faults import Fault
from lierre.people.importing.dialects.targets import FLAGS, IDENTIFYING, Plain, Put
from lierre.people.importing.table import Row
from lierre.people.importing.values import Misread

# What a cell that says nothing is remembered as.
SILENCE: Final = object()
# A column with more values than that repeats few of them.
REMEMBERED: Final = 20_000


class ColumnReader:
    """`remembered` goes from a cell, as written, to what it says. It stays empty when the rest of the line matters."""

    def __init__(self, place: int, column: str, target: str, put: Put, nothing: frozenset[str]) -> None:
        self.place, self.column, self.target, self.put = place, column, target, put
        self.nothing = frozenset() if target in FLAGS else nothing
        self.plain = put if isinstance(put, Plain) else None
        self.group, self.name = (put.group, put.name) if isinstance(put, Plain) else ("", "")
        self.remembered: dict[str, Any] = {}

    def read(self, facts: dict[str, Any], cell: str) -> None:
        """Put what the cell says among the facts. Raises Misread when it cannot be read."""
        value = "" if cell in self.nothing else cell.strip()
        if self.plain:
            found = self.plain.reader(value) if value else ""
            self.plain.put(facts, found)
            if len(self.remembered) < REMEMBERED:
                self.remembered[cell] = SILENCE if found in ("", None) else found
        elif value:
            self.put(facts, value)

    def refuses(self, fault: Fault) -> bool:
        """Whether a line whose cell is wrong in this way is refused whole: it would be about somebody else."""
        return self.target in IDENTIFYING and fault.code != "ambiguous_date"


def reader_of(columns: Sequence[ColumnReader]) -> Callable[[Row, dict[str, Any], list[Fault]], Fault | None]:
    """The function that reads the cells of a row into facts and doubts, or gives the fault that refuses the line."""
    reads = [(each.place, each.remembered, each.group, each.name, each) for each in columns]

    def read_cells(row: Row, facts: dict[str, Any], doubts: list[Fault]) -> Fault | None:
        cells = row.cells
        for place, remembered, group, name, column in reads:
            if not (cell := cells[place]):
                continue
            if (found := remembered.get(cell)) is None:
                try:
                    column.read(facts, cell)
                except Misread as misread:
                    fault = Fault(misread.code, row.number, column.column, cell.strip())
                    if column.refuses(fault):
                        return fault
                    doubts.append(fault)
            elif found is not SILENCE:
                if not group:
                    facts[name] = found
                elif held := facts.get(group):
                    held[name] = found
                else:
                    facts[group] = {name: found}
        return None

    return read_cells
