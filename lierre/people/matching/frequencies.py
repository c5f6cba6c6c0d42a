"""How rare each value is in the base itself: a shared MARTIN is worth little, a shared KERBRAT much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.hashing import Numbers

Rarity = NDArray[np.float32]
Counted = tuple[Numbers, NDArray[np.int32]]  # numbers of distinct texts, and the text of each line


@dataclass
class Frequencies:
    """For each number of a text, how many lines of the base carry it."""

    known: Numbers
    counts: NDArray[np.int64]
    lines: int

    @classmethod
    def of(cls, columns: Iterable[Counted]) -> Self:
        numbers, counts, lines = [], [], 1
        for distinct, codes in columns:
            said = np.flatnonzero(distinct)
            times = np.bincount(codes, minlength=len(distinct))[said]
            numbers.append(distinct[said])
            counts.append(times)
            lines = max(lines, int(times.sum()))
        every, place = np.unique(np.concatenate(numbers), return_inverse=True)
        total = np.bincount(place, weights=np.concatenate(counts), minlength=len(every)).astype(np.int64)
        return cls(every, total, lines)

    def rarity(self, numbers: Numbers) -> Rarity:
        """
        Bits that a shared value is worth: how many times one must halve the base to be left with those who carry it.
        A value that the base does not have counts as carried once; where there is none, nothing is worth anything.
        """
        found = np.zeros(numbers.shape, dtype=np.float32)
        said = numbers != 0
        asked = numbers[said]
        if len(self.known) and len(asked):
            place = np.minimum(np.searchsorted(self.known, asked), len(self.known) - 1)
            times = np.where(self.known[place] == asked, self.counts[place], 1)
            found[said] = np.log2((self.lines + 1) / (times + 0.5))
        return found
