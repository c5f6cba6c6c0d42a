"""Two persons who may be one, with what speaks for it and against it. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Final

from lierre.people.matching.explanation import START, Weight

# As clues were written before they bore a level.
BEFORE: Final = {"chance": START, "born": "date", "sex": "gender"}


@dataclass(frozen=True, slots=True)
class Pair:
    """`weights`: field, level, bits, in the order in which they are read; the first is that of two persons met by chance."""

    low: int
    high: int
    probability: float
    weights: tuple[Weight, ...]


def probability_of(bits: float) -> float:
    """
    The probability that these bits amount to; bits add up where probabilities do not.

    >>> probability_of(0), round(probability_of(10), 4), probability_of(-2000)
    (0.5, 0.999, 0.0)
    """
    return float(1 / (1 + 2 ** -max(-60.0, min(60.0, bits)))) if bits > -60 else 0.0


def bits_of(probability: float) -> float:
    """
    >>> round(bits_of(0.5), 6), round(bits_of(0.999), 1)
    (0.0, 10.0)
    """
    return log2(probability / (1 - probability))


def as_weights(said: Iterable[Sequence[Any]]) -> list[Weight]:
    """
    What is kept with a pair, whenever it was written.

    >>> as_weights([["chance", -9.0], ["family", 8.0], ["given", "short", 2.5]])
    [('start', '', -9.0), ('family', 'exact', 8.0), ('given', 'short', 2.5)]
    """
    found: list[Weight] = []
    for each in said:
        if len(each) == 3:
            found.append((str(each[0]), str(each[1]), float(each[2])))
        else:
            name, bits = BEFORE.get(str(each[0]), str(each[0])), float(each[1])
            found.append((name, "" if name == START else "exact" if bits > 0 else "different", bits))
    return found
