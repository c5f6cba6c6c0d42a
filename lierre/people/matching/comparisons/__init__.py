"""How two lines agree, field by field, in levels: exact, another spelling, a short form, one edit… different, or not said."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.frequencies import Rarity

MISSING: Final = -1
Levels = NDArray[np.int8]
Rows = NDArray[np.signedinteger[Any]]


@dataclass
class Agreement:
    """One field compared on many pairs: the level reached (-1: one side says nothing) and how rare what is shared is."""

    levels: Levels
    rarity: Rarity
    context: NDArray[np.int64] | None = None  # what makes a level more or less usual, whoever the two are

    @classmethod
    def empty(cls, size: int, level: int = 0) -> "Agreement":
        return cls(np.full(size, level, dtype=np.int8), np.zeros(size, dtype=np.float32))

    def set(self, where: Rows, level: int, rarity: Rarity | None = None) -> None:
        self.levels[where] = level
        if rarity is not None:
            self.rarity[where] = rarity

    def only(self, rows: Rows) -> "Agreement":
        context = None if self.context is None else self.context[rows]
        return Agreement(self.levels[rows], self.rarity[rows], context)


def together(shares: list[Agreement]) -> Agreement:
    """The same field of several lots of pairs, one after the other."""
    contexts = [one.context for one in shares if one.context is not None]
    return Agreement(
        np.concatenate([one.levels for one in shares]),
        np.concatenate([one.rarity for one in shares]),
        np.concatenate(contexts) if contexts else None,
    )
