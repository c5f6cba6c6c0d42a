"""Why a line was thought to speak of somebody: what each field weighs, in bits, and the fields that weigh most."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from lierre.people.matching.explanation import CEILING, OTHERS, START, STRONG, Weight, weights_of

RARE: Final = 9.0  # bits from which a name that is shared is said to be rare


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


__all__ = ["OTHERS", "START", "STRONG", "Weight", "bits_of", "reasons_of", "weights_of"]
