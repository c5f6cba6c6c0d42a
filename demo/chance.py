"""Chance that can be repeated: the same seed gives the same institution, to the byte, whatever files are asked for."""

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, *about: object) -> Random:
    """
    An independent source of chance for one purpose and one slice of persons.

    Writing a file more, or a file less, never changes the others.

    >>> stream(2026, "identity", 3).random() == stream(2026, "identity", 3).random()
    True
    """
    return Random("/".join(str(part) for part in (seed, *about)))


class Weighted(Generic[T]):
    """Things to pick from, each as often as its weight says."""

    __slots__ = ("cumulative", "things", "total")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(thing, weight) for thing, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("Nothing to pick from.")
        self.things: list[T] = [thing for thing, _ in pairs]
        self.cumulative: list[float] = list(accumulate(weight for _, weight in pairs))
        self.total = self.cumulative[-1]

    def pick(self, chance: Random) -> T:
        """One of the things."""
        return self.things[min(bisect(self.cumulative, chance.random() * self.total), len(self.things) - 1)]
