"""Two texts letter by letter, many pairs at a time."""

from operator import eq
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from lierre.people.matching.names.letters import compact
from lierre.people.matching.names.phonetics import sounds_each
from lierre.people.matching.processors import PROCESSORS

Texts = NDArray[np.object_]
ALL = -1
MOST_KNOWN: Final = 200_000
_KNOWN: Final[dict[str, str]] = {}


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
    heard = _heard({*one.tolist(), *other.tolist()})
    return np.fromiter(map(eq, map(heard.__getitem__, one), map(heard.__getitem__, other)), bool, len(one))


def _heard(names: set[str]) -> dict[str, str]:
    """How each is said; those that were asked before are known."""
    fresh = [name for name in names if name not in _KNOWN]
    if len(_KNOWN) + len(fresh) > MOST_KNOWN:
        return dict(zip(names, _said(list(names)), strict=True))
    _KNOWN.update(zip(fresh, _said(fresh), strict=True))
    return _KNOWN


def _said(names: list[str]) -> list[str]:
    return sounds_each([name if name.isalpha() else compact(name) for name in names])


def _workers(pairs: int) -> int:
    return ALL if pairs > 5_000 and not PROCESSORS.alone else 1
