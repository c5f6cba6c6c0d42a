"""How rare each value is in the base itself: a shared MARTIN is worth little, a shared KERBRAT much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.hashing import Numbers

Rarity = NDArray[np.float32]


@dataclass
class Frequencies:
    """For each number of a text, how many lines of the base carry it."""

    known: Numbers
    counts: NDArray[np.int64]
    lines: int

    @classmethod
    def of(cls, columns: Iterable[tuple[Numbers, NDArray[np.int32]]]) -> Self:
        """From columns of numbers of distinct texts, with the text of each line."""
        numbers, counts, lines = [], [], 1
        for distinct, codes in columns:
            times = np.bincount(codes, minlength=len(distinct))
            numbers.append(distinct)
            counts.append(times)
            lines = max(lines, int(times[distinct != 0].sum()))
        every, place = np.unique(np.concatenate(numbers), return_inverse=True)
        total = np.bincount(place, weights=np.concatenate(counts), minlength=len(every)).astype(np.int64)
        return cls(every[every != 0], total[every != 0], lines)

    def rarity(self, numbers: Numbers) -> Rarity:
        """
        Bits that a shared value is worth: how many times one must halve the base to be left with those who carry it.
        A value that the base does not have counts as carried once.
        """
        if not len(self.known):
            return np.zeros(numbers.shape, dtype=np.float32)
        place = np.minimum(np.searchsorted(self.known, numbers), len(self.known) - 1)
        times = np.where(self.known[place] == numbers, self.counts[place], 1)
        return np.log2((self.lines + 1) / (times + 0.5)).astype(np.float32)
