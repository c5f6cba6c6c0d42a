"""Who bears each word of a name, in memory: while somebody types, names are looked for in no table.

The words stand in the order of the alphabet, and so do those who bear them: all who bear a word that begins like what
was typed are one slice of an array. A million persons take about twenty megabytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lierre.people.directory.columns import Ids
from lierre.people.directory.names import Wanted, Word
from lierre.people.directory.postings import Gathering, Postings

Flags = npt.NDArray[np.bool_]


class Names(NamedTuple):
    """The words that graduates may search, and those that only staff may, with spaces between: see `reading.py`."""

    person_id: int
    shown: str
    hidden: str


Late = defaultdict[str, set[int]]  # word → those who bear it since


class Bearers:
    """As they were when all was read. Those whose names have changed since are `late`, and left out of the rest."""

    def __init__(self, size: int = 0, names: Iterable[Sequence[Sequence[Any]]] = ()) -> None:
        self.digests = np.zeros(size, np.uint32)
        self.stays = np.ones(size, bool)  # false for those who are late
        self.lock = Lock()
        self.said: dict[int, Names] = {}
        self.late: tuple[Late, Late] = (defaultdict(set), defaultdict(set))
        shown, hidden = Gathering(), Gathering()
        for some in names:
            ids, of_graduates, of_staff = zip(*some, strict=True)
            at = np.array(ids, np.int64)
            self.grow(int(at.max()) + 1)
            self.digests[at] = digests_of(of_graduates, of_staff)
            shown.take(at, of_graduates)
            hidden.take(at, of_staff)
        self.kept: tuple[Postings, Postings] = (shown.postings(), hidden.postings())

    def grow(self, size: int) -> None:
        more = size + size // 16 - len(self.digests)
        if size > len(self.digests):
            self.digests = np.concatenate([self.digests, np.zeros(more, np.uint32)])
            self.stays = np.concatenate([self.stays, np.ones(more, bool)])

    def put(self, names: Iterable[Names]) -> None:
        """Take in the names of these persons. Whoever has kept theirs stays where they are."""
        with self.lock:
            for each in names:
                self.grow(each.person_id + 1)
                (digest,) = digests_of([each.shown], [each.hidden])
                if self.digests[each.person_id] != digest:
                    self.digests[each.person_id] = digest
                    self.move(each)

    def forget(self, person_ids: Iterable[int]) -> None:
        """Nobody finds these persons by a name, until their names are read again."""
        with self.lock:
            for person_id in person_ids:
                self.grow(person_id + 1)
                self.digests[person_id] = 0
                self.move(Names(person_id, "", ""))

    def move(self, names: Names) -> None:
        before = self.said.get(names.person_id, Names(names.person_id, "", ""))
        for late, gone, come in zip(self.late, before[1:], names[1:], strict=True):
            for word in str(gone).split():
                late[word].discard(names.person_id)
            for word in str(come).split():
                late[word].add(names.person_id)
        self.said[names.person_id] = names
        self.stays[names.person_id] = False

    def named(self, wanted: Wanted, hidden_names: bool) -> Ids:
        """The numbers of all who bear, of each of these sequences, one word at least."""
        groups = sorted((self.bearing(words, hidden_names) for words in wanted), key=lambda group: group.size)
        if not groups[0].size:
            return np.zeros(0, np.int64)
        ids = np.flatnonzero(self.flags(groups[0]))
        for group in groups[1:]:
            if not len(ids):
                break
            ids = ids[self.flags(group)[ids]]
        return ids

    def bearing(self, words: Sequence[Word], hidden_names: bool) -> "Group":
        sides = 1 + hidden_names
        kept = [persons for side in self.kept[:sides] for word in words if len(persons := side.bearing(word))]
        with self.lock:
            late = {person for side in self.late[:sides] for word in words for person in bearing_late(side, word)}
        return Group(kept, late)

    def flags(self, group: "Group") -> Flags:
        """One flag per person."""
        stays = self.stays
        flags = np.zeros(len(stays), bool)
        for persons in group.kept:
            flags[persons] = True
        if self.said:
            flags &= stays
            flags[list(group.late)] = True
        return flags

    def near(self, word: str, errors: int, hidden_names: bool) -> Iterator[tuple[int, str]]:
        """The words that so many errors or fewer would make of this one, each with how many: not the word itself."""
        sides = 1 + hidden_names
        for side in self.kept[:sides]:
            yield from side.near(word, errors)
        with self.lock:
            late = [other for side in self.late[:sides] for other, persons in side.items() if persons]
        if late:
            yield from Postings.of_words(sorted(late)).near(word, errors)


class Group(NamedTuple):
    """Slices of those who bear one of several words, and those who bear one since all was read."""

    kept: list[npt.NDArray[Any]]
    late: set[int]

    @property
    def size(self) -> int:
        return sum(map(len, self.kept)) + len(self.late)


def digests_of(shown: Sequence[str], hidden: Sequence[str]) -> npt.NDArray[np.uint32]:
    """What changes when a name does, in this process."""
    return np.fromiter(map(hash, zip(shown, hidden, strict=True)), np.int64, len(shown)).astype(np.uint32)


def bearing_late(late: Late, word: Word) -> set[int]:
    if word.whole:
        return late.get(word.text, set())
    return {person for other, persons in late.items() if other.startswith(word.text) for person in persons}
