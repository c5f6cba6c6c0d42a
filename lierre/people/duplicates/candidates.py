"""Pairs worth comparing: those who share something strong. Found by columns, a few seconds for a million persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection

from lierre.people import projection
from lierre.people.fold.text import folded
from lierre.people.models import ContactPoint

Numbers = npt.NDArray[np.int64]
AT_ONCE: Final = 20_000
ASKED_AT_ONCE: Final = 900
# A value that more people share than that tells nobody apart: a switchboard, the first of January.
CROWD: Final = 8
PERSONS: Final = "SELECT id, sort, family, usage, born FROM people_person WHERE record_id IS NOT NULL ORDER BY id"
CONTACTS: Final = "SELECT person_id, value FROM people_contactpoint WHERE kind IN ('email', 'phone')"
STUDIES: Final = "SELECT person_id, degree_id, year FROM people_study WHERE degree_id IS NOT NULL AND year IS NOT NULL"


@dataclass(slots=True)
class Names:
    """How many bear each name: a rare one says more than a common one."""

    persons: int = 0
    family: dict[str, int] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> int:
        """In a village every name would be common, and nobody would be found."""
        return max(1000, self.persons)

    def count(self, family: str, given: str) -> None:
        self.persons += 1
        self.family[family] = self.family.get(family, 0) + 1
        self.given[given] = self.given.get(given, 0) + 1


def rows(statement: str, values: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, list(values))
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


def candidates() -> tuple[Numbers, Names]:
    """Pairs in their order, as two columns; and the names that were met on the way."""
    names = Names()
    persons: list[int] = []
    born_named: list[int] = []  # the number of a person beside the hash of what they share, by turns
    named: list[tuple[int, int]] = []
    given_born: dict[int, int] = {}
    for number, sort, family, usage, born in rows(PERSONS):
        shown, _comma, given = sort.partition(", ")
        first = given.split(" ", 1)[0]
        names.count(shown, first)
        persons.append(number)
        if not (shown and first):
            continue
        # Who writes the one where the other is asked for is found too: the words are taken in their own order.
        shown_words = tuple(sorted({*shown.split(), *given.split()}))
        born_words = tuple(sorted({*folded(family).split(), *given.split()})) if usage else shown_words
        both = {shown_words, born_words}
        if len(born) == 10:
            for words in both:
                born_named += (number, hash((born, words)))
            given_born[number] = hash((born, first))
        named += [(number, hash(words)) for words in both]
    found = [sharing(*apart(born_named)), sharing(*contacts())]
    found += by_studies(named, given_born)
    return in_order(np.concatenate(found)), names


def apart(turns: list[int]) -> tuple[Numbers, Numbers]:
    both = np.array(turns, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def contacts() -> tuple[Numbers, Numbers]:
    turns: list[int] = []
    for number, value in rows(CONTACTS):
        turns += (number, hash(value))
    return apart(turns)


def contacts_of(numbers: Sequence[int]) -> Numbers:
    """Each of these persons with whoever bears one of their addresses, unless too many do. Rows of two numbers."""
    mine: dict[str, list[int]] = {}
    for some in projection.sliced(numbers, ASKED_AT_ONCE):
        for number, value in rows(f"{CONTACTS} AND person_id {projection.among(some)}", projection.held(some)):
            mine.setdefault(value, []).append(number)
    theirs: dict[str, list[int]] = {}
    for values in projection.sliced(mine, ASKED_AT_ONCE):
        bearing = ContactPoint.objects.filter(kind__in=["email", "phone"], value__in=values)
        for value, number in bearing.values_list("value", "person_id"):
            theirs.setdefault(value, []).append(number)
    found = [
        (one, other) for value, some in mine.items() if len(theirs.get(value, ())) <= CROWD
        for one in some for other in theirs.get(value, ()) if one != other
    ]  # fmt: skip
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def by_studies(named: list[tuple[int, int]], given_born: dict[int, int]) -> list[Numbers]:
    """The same degree the same year, with the same name; or with the same given name and day of birth."""
    studied: dict[int, list[int]] = {}
    for number, degree, year in rows(STUDIES):
        studied.setdefault(number, []).append(hash((degree, year)))
    same_name: list[int] = []
    for number, name in named:
        for study in studied.get(number, ()):
            same_name += (number, hash((name, study)))
    married: list[int] = []
    for number, mark in given_born.items():
        for study in studied.get(number, ()):
            married += (number, hash((mark, study)))
    return [sharing(*apart(same_name)), sharing(*apart(married))]


def sharing(persons: Numbers, marks: Numbers) -> Numbers:
    """
    Every two persons who bear one mark, unless too many bear it. Rows of two numbers, the lowest first.

    >>> sharing(np.array([7, 3, 9, 3]), np.array([1, 1, 2, 1])).tolist()
    [[3, 7]]
    """
    order = np.lexsort((persons, marks))
    persons, marks = persons[order], marks[order]
    again = np.zeros(len(marks), dtype=bool)
    again[1:] = (marks[1:] == marks[:-1]) & (persons[1:] == persons[:-1])
    persons, marks = persons[~again], marks[~again]
    _marks, sizes = np.unique(marks, return_counts=True)
    size = np.repeat(sizes, sizes)
    met = []
    for apart_by in range(1, CROWD):
        alike = (marks[apart_by:] == marks[:-apart_by]) & (size[apart_by:] <= CROWD)
        met.append(np.stack([persons[:-apart_by][alike], persons[apart_by:][alike]], axis=1))
    return np.concatenate(met) if met else np.empty((0, 2), dtype=np.int64)


def in_order(found: Numbers) -> Numbers:
    return np.unique(found, axis=0) if len(found) else found
