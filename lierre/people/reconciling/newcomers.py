"""The lines of an import that make a person, as columns, until all of them were read and can be compared with each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.table import Table, Values
from lierre.people.reconciling.columns import TYPES, line_of

NOWHERE: Final = -1


class Newcomer(NamedTuple):
    """`numbers`: what the source calls them by; two lines that bear different ones are not linked alone."""

    delivery: int
    line: int
    digest: int
    at: int  # among the lines that were asked about
    born: str
    numbers: tuple[str, str, str]

    def contradicts(self, other: "Newcomer") -> bool:
        """
        >>> one = Newcomer(1, 2, 0, 0, "1991-05-17", ("", "21001234", ""))
        >>> one.contradicts(one._replace(born="1991")), one.contradicts(one._replace(numbers=("", "21004321", "")))
        (False, True)
        """
        shared = min(len(self.born), len(other.born))
        if self.born[:shared] != other.born[:shared]:
            return True
        return any(mine and theirs and mine != theirs for mine, theirs in zip(self.numbers, other.numbers, strict=True))


@dataclass
class Newcomers:
    """`ranks`: where each stands in the import; `persons`: the number of the person that each makes."""

    lines: list[Newcomer] = field(default_factory=list)
    places: dict[tuple[int, int], int] = field(default_factory=dict)
    ranks: dict[int, int] = field(default_factory=dict)
    persons: dict[int, int] = field(default_factory=dict)
    known: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in TYPES})
    codes: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in TYPES})

    def hear(self, delivery: int, line: int, digest: int, at: int, facts: Mapping[str, Any]) -> None:
        said = line_of(facts)
        for name, column in self.known.items():
            self.codes[name].append(column.setdefault(said.get(name, ""), len(column)))
        numbers = (facts.get("ine", ""), facts.get("student_number", ""), facts.get("identifier", ""))
        self.places[delivery, line] = len(self.lines)
        self.lines.append(Newcomer(delivery, line, digest, at, facts.get("born", ""), numbers))

    def stands(self, delivery: int, line: int, rank: int, person: int) -> None:
        """This line makes a person."""
        place = self.places.get((delivery, line), NOWHERE)
        if place != NOWHERE:
            self.ranks[place], self.persons[place] = rank, person

    @property
    def standing(self) -> list[int]:
        """Those that make a person, in the order of the import."""
        return sorted(self.ranks, key=self.ranks.__getitem__)

    def table(self, places: list[int]) -> Table:
        chosen = np.array(places, dtype=np.int64)
        columns = {
            name: Values(list(self.known[name]), only(codes, chosen)) for name, codes in self.codes.items() if codes
        }
        return Table(list(map(str, places)), columns)


def only(codes: list[int], chosen: NDArray[np.int64]) -> NDArray[np.int32]:
    return np.array(codes, dtype=np.int32)[chosen]
