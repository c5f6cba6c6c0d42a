"""Two persons who may be one, with what speaks for it and against it. Plain Python."""

from dataclasses import dataclass
from math import log2
from typing import Final

CHANCE: Final = "chance"
Weight = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """`weights`: clue and bits, in the order in which they are read; the first is that of two persons met by chance."""

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
