"""The first lines of a file, as they would be read if its columns meant this: shown before the choice is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lierre.people.faults import Fault, advice, sentence
from lierre.people.importing.dialects import mapped
from lierre.people.importing.table import Row
from lierre.people.readings.line import Said, things_said

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """One line: what would be said of somebody, or why it would be refused; and what would be left out of it."""

    number: int
    said: tuple[Said, ...]
    refused: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Rows that it takes in a table."""
        return len(self.said) + len(self.doubts)


def first_lines(header: Sequence[str], rows: Iterable[Row], columns: Mapping[str, str]) -> list[Understood]:
    """Nothing is shown before a column means something."""
    if not any(columns.values()):
        return []
    understand = mapped(columns).understand(header, {})
    return [told(row.number, understand(row)) for row in islice(rows, SHOWN)]


def told(number: int, said: object) -> Understood:
    if isinstance(said, Fault):
        return Understood(number, (), f"{sentence(said)} {advice(said)}")
    facts, doubts = said.facts, said.doubts  # type: ignore[attr-defined]
    return Understood(number, tuple(things_said(facts)), doubts=tuple(sentence(doubt) for doubt in doubts))
