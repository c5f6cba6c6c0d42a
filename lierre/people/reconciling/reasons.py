"""Why a line was thought to speak of somebody: what each field weighs, in bits, and the fields that weigh most."""

from collections.abc import Callable, Iterable
from math import log2
from typing import Any, Final

import numpy as np

from lierre.people.matching.model import Model
from lierre.people.matching.weighing import Bits, Pairs, weight

Weight = tuple[str, str, float]
START: Final = "start"
OTHERS: Final = "others"  # the other candidates, the homonyms, the brothers and sisters
NOTHING: Final = 0.05  # bits
STRONG: Final = 2.0
RARE: Final = 9.0  # bits from which a name that is shared is said to be rare
CEILING: Final = 40.0


def weights_of(model: Model, pairs: Pairs, probability: Bits) -> Callable[[int], tuple[Weight, ...]]:
    """For each pair that is kept: from the start, field by field, to the bits of its probability."""
    start = log2(model.share / model.lines)
    fields = {
        name: (weight(name, one, pairs), pairs.agreements[name].levels, one.levels)
        for name, one in model.fields.items()
    }
    bits = bits_of(probability)

    def weights(rank: int) -> tuple[Weight, ...]:
        said = [(START, "", round(start, 2))]
        for name, (worth, levels, words) in fields.items():
            if levels[rank] >= 0 and abs(worth[rank]) >= NOTHING:
                said.append((name.partition(":")[0], words[levels[rank]], round(float(worth[rank]), 2)))
        rest = float(bits[rank]) - sum(each[2] for each in said)
        return (*said, (OTHERS, "", round(rest, 2))) if abs(rest) >= NOTHING else tuple(said)

    return weights


def bits_of(probability: Any) -> Any:
    """
    >>> float(bits_of(np.array([0.5]))[0])
    0.0
    """
    certain = np.clip(probability, 2**-CEILING, 1 - 2**-CEILING)
    return np.log2(certain / (1 - certain))


def reasons_of(weights: Iterable[Iterable[Any]]) -> list[tuple[str, str]]:
    """
    What weighed most, for and against, the strongest first: the field, and the level that it reached.

    >>> reasons_of([("start", "", -20.0), ("given", "exact", 5.0), ("family", "exact", 12.0), ("city", "exact", 1.0)])
    [('family', 'rare'), ('given', 'exact')]
    """
    told = []
    for name, level, bits in sorted(weights, key=lambda each: -abs(float(list(each)[2]))):
        if name in (START, OTHERS) or abs(bits) < STRONG:
            continue
        told.append((name, "rare" if name == "family" and level in ("exact", "both") and bits >= RARE else level))
    return told
