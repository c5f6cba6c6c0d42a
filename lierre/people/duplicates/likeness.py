"""Pairs of the base weighed by what was learnt of it: the whole base, or those who have changed with everybody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.duplicates.beside import SHARED, beside
from lierre.people.duplicates.candidates import contacts, contacts_of, sharing
from lierre.people.duplicates.pair import Pair, bits_of, probability_of
from lierre.people.fold import Folded, fold
from lierre.people.matching.batch import match
from lierre.people.matching.decision import decided
from lierre.people.matching.explanation import Weight, weights_of
from lierre.people.matching.model import Model
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import Pairs, weighed
from lierre.people.matching.within import Search
from lierre.people.models.policy import policy_in_force
from lierre.people.projection import sliced
from lierre.people.reconciling import asking
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.knowledge import Knowledge
from lierre.people.reconciling.reading import persons, whole_base
from lierre.people.reconciling.taught import named
from lierre.people.reconciling.within import model_within, taught_within
from lierre.people.refold import hear

RULE: Final = "likeness 1"
LEAST: Final = 0.35
PAIRS_AT_ONCE: Final = 1_000
# Exact clues bring no pair back that the model is surer of than that.
HOPELESS: Final = bits_of(LEAST) - sum(SHARED.values()) - 7
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of persons, in order, as the model weighs them."""

    lows: Rows
    highs: Rows
    probability: NDArray[np.float64]
    weights: Any  # of the rank of a pair


def whole(known: Knowledge, after: tuple[int, int] = (0, 0)) -> Iterator[Pair]:
    """Every pair of the base that is more than a coincidence, after this one."""
    search = BaseSearch(known)
    ids = np.array(search.side.ids, dtype=np.int64)
    found = [(each.low, each.high, each.probability, each.weights) for each in search.pairs(LEAST)]
    told = np.array([each[:2] for each in found], dtype=np.int64).reshape(-1, 2)
    sharing_one = beyond(sharing(*contacts()), told)
    at = np.searchsorted(ids, sharing_one)
    there = (ids[np.minimum(at, len(ids) - 1)] == sharing_one).all(axis=1)
    more = compared(search.model, search.side, search.side, at[there, 0], at[there, 1], ids)
    yield from judged(merged(found, more), taught_within(known.number), after)


class BaseSearch(Search):
    """The base looked at whole: what was read of it is let go before pairs are compared, so that memory holds."""

    def __init__(self, known: Knowledge) -> None:
        self.side, self.model = side_of_base(known), model_within(known.number)
        self.matched = match("dedupe", self.side, self.side, self.model)


def side_of_base(known: Knowledge) -> Side:
    side = Side.of(whole_base(), SCHEMA, left=True)
    known.rarities.weigh(side)
    return side


def about(known: Knowledge, numbers: Sequence[int]) -> Iterator[Pair]:
    """The pairs of these persons with whoever is in the base, as a search through the whole of it would judge them."""
    model = model_within(known.number)
    table = persons(sorted(numbers))
    mine = np.array(table.ids, dtype=np.int64)
    if not len(mine):
        return
    left = Side.of(table, SCHEMA, left=True)
    known.rarities.weigh(left)
    rows, others = asking.pairs(left, known)  # whoever changed was followed when the search began
    shared = contacts_of(mine.tolist())
    rows, others = np.concatenate([rows, np.searchsorted(mine, shared[:, 0])]), np.concatenate([others, shared[:, 1]])
    theirs = persons(np.unique(others).tolist())
    ids = np.array(theirs.ids, dtype=np.int64)
    if not len(ids):
        return
    right = Side.of(theirs, SCHEMA, left=False)
    known.rarities.weigh(right)
    at = np.minimum(np.searchsorted(ids, others), len(ids) - 1)
    kept = (ids[at] == others) & (mine[rows] != others)
    again = np.unique(np.stack([rows[kept], at[kept]], axis=1), axis=0)
    found = compared(model, left, right, again[:, 0], again[:, 1], mine, ids)
    yield from judged(merged([], found), taught_within(known.number))


def compared(
    model: Model, left: Side, right: Side, l_rows: Rows, r_rows: Rows, mine: Rows, theirs: Rows | None = None
) -> Compared:
    """Those of these pairs that are not hopeless."""
    pairs = Pairs.of(model, left, right, l_rows, r_rows)
    found = decided(model, weighed(model, pairs), l_rows, max(len(left), 1)).probability
    kept = np.flatnonzero(found >= probability_of(HOPELESS))
    one, other = mine[l_rows[kept]], (mine if theirs is None else theirs)[r_rows[kept]]
    weights = weights_of(model, pairs.only(kept), found[kept])
    return Compared(np.minimum(one, other), np.maximum(one, other), found[kept], weights)


def beyond(pairs: Rows, told: Rows) -> Rows:
    """Those of these pairs that are not told already."""
    every, known = (each[:, 0] * (1 << 32) + each[:, 1] for each in (pairs, told))
    return pairs[~np.isin(every, known)]


Told = tuple[int, int, float, tuple[Weight, ...]]


def merged(found: list[Told], more: Compared) -> list[Told]:
    """In the order of persons; of a pair met twice, the surer."""
    rest = [
        (low, high, probability, more.weights(rank))
        for rank, (low, high, probability) in enumerate(
            zip(more.lows.tolist(), more.highs.tolist(), more.probability.tolist(), strict=True)
        )
    ]
    every = {(each[0], each[1]): each for each in sorted([*found, *rest], key=lambda each: each[2])}
    return [every[pair] for pair in sorted(every)]


def judged(told: Sequence[Told], taught: Mapping[str, float], after: tuple[int, int] = (0, 0)) -> Iterator[Pair]:
    """With the exact clues that the model does not compare; what answers have taught of them is added."""
    policy = policy_in_force()
    for some in sliced([each for each in told if each[:2] > after], PAIRS_AT_ONCE):
        spoken = hear(sorted({number for low, high, *_rest in some for number in (low, high)}))
        read = {number: fold(said, policy) for number, said in spoken.items()}
        for low, high, probability, weights in some:
            pair = with_clues(Pair(low, high, probability, weights), read, taught)
            if pair.probability >= LEAST:
                yield pair


def with_clues(pair: Pair, read: Mapping[int, Folded], taught: Mapping[str, float]) -> Pair:
    clues = tuple(
        (name, level, round(bits + taught.get(named(name, level), 0.0), 2))
        for name, level, bits in beside(read[pair.low], read[pair.high], pair.weights)
    )
    if not clues:
        return pair
    certain = min(max(pair.probability, 2**-40), 1 - 2**-40)
    probability = probability_of(bits_of(certain) + sum(bits for _name, _level, bits in clues))
    return Pair(pair.low, pair.high, probability, (*pair.weights, *clues))
