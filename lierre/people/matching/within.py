"""
The likely pairs of a base, looked for in the base itself: the whole of it, a share at a time.

    from lierre.people.matching.within import pairs_within

    for pair in pairs_within(table, schema, least=0.35):
        pair.low, pair.high     # ids of the table, in the order of its lines: the pairs come sorted by them
        pair.probability        # that both are one person
        pair.weights            # (field, level, bits), from "start" to the sum; "others" is what no field says alone
        pair.reasons            # (field, level) of what weighs most, strongest first
        pair.group              # id of the first line of the group both are in; None when they are told apart

`table` is a `Table` of the columns that `schema.left` types, read from anywhere (`Table.of_rows`, `Table.read`, or made of
`Values`). Nothing is written, no Django is loaded, and nothing outlives the loop. The search itself is done before the first
pair comes; the pairs are then told one by one. The model is learnt from the table, without labels, unless one is given
(`Model.from_described` of what `search.model.described()` kept, when `Search` is used instead: same pairs, and its `model`).

A pair in no group resembles one person, and something else known of the base speaks against: chains are never collapsed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lierre.people.matching.batch import Matched, match
from lierre.people.matching.clusters import EVEN, gathered
from lierre.people.matching.explanation import OTHERS, START, STRONG, Weight, weights_of
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side, repeats
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Pairs

LEAST: Final = 0.35
TOLD_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Likely:
    """Two lines of a base that may be one person."""

    low: Any
    high: Any
    probability: float
    group: Any
    weights: tuple[Weight, ...]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        said = sorted(self.weights, key=lambda one: -abs(one[2]))
        return [(name, level) for name, level, bits in said if abs(bits) >= STRONG and name not in (START, OTHERS)]


class Search:
    """A base looked at whole; its pairs are read afterwards, any number of times."""

    def __init__(self, table: Table, schema: Schema, model: Model | None = None) -> None:
        same = Schema(schema.name, schema.id, schema.left, schema.left)
        self.side = Side.of(table, same, left=True, repeats=repeats(table, same))
        Rarities.of(self.side).weigh(self.side)
        self.matched: Matched = match("dedupe", self.side, self.side, model)
        self.model = self.matched.model

    def pairs(self, least: float = LEAST) -> Iterator[Likely]:
        found, ids = self.matched, self.side.ids
        group = gathered(found.l_rows, found.r_rows, found.probability)
        likely = np.flatnonzero(found.probability >= least)
        likely = likely[np.lexsort((found.r_rows[likely], found.l_rows[likely]))]
        for start in range(0, len(likely), TOLD_AT_ONCE):
            some = likely[start : start + TOLD_AT_ONCE]
            l_rows, r_rows, probability = found.l_rows[some], found.r_rows[some], found.probability[some]
            pairs = Pairs.of(self.model, self.side, self.side, l_rows, r_rows)
            weights = weights_of(self.model, pairs, probability)
            for rank, (low, high, p) in enumerate(
                zip(l_rows.tolist(), r_rows.tolist(), probability.tolist(), strict=True)
            ):
                together = p >= EVEN
                yield Likely(ids[low], ids[high], p, ids[group[low]] if together else None, weights(rank))


def pairs_within(table: Table, schema: Schema, *, least: float = LEAST, model: Model | None = None) -> Iterator[Likely]:
    """Every two lines of `table` that are one person with a probability of at least `least`."""
    return Search(table, schema, model).pairs(least)
