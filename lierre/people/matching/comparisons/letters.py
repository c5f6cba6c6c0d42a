"""Two texts letter by letter, many pairs at a time."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from lierre.people.matching.names.phonetics import sounds

Texts = NDArray[np.object_]
ALL = -1


def edits(one: Texts, other: Texts, most: int = 2) -> NDArray[np.int32]:
    """Letters to change, add, drop or swap; `most` + 1 beyond."""
    if not len(one):
        return np.empty(0, dtype=np.int32)
    return process.cpdist(
        one, other, scorer=OSA.distance, score_cutoff=most, dtype=np.int32, workers=_workers(len(one))
    )


def alike(one: Texts, other: Texts, least: float = 0.8) -> NDArray[np.float32]:
    """Jaro-Winkler, from 0 to 1; 0 under `least`."""
    if not len(one):
        return np.empty(0, dtype=np.float32)
    return process.cpdist(
        one, other, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float32, workers=_workers(len(one))
    )


def heard_alike(one: Texts, other: Texts) -> NDArray[np.bool_]:
    """Whether two names are said the same way. Asked of names that look alike."""
    return np.fromiter((heard(a) == heard(b) for a, b in zip(one, other, strict=True)), bool, len(one))


heard = lru_cache(maxsize=200_000)(sounds)


def _workers(pairs: int) -> int:
    return ALL if pairs > 5_000 else 1
