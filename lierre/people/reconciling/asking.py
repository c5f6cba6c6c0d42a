"""Lines against the base, one or many: the same persons, the same probabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.blocking import keys
from lierre.people.matching.decision import decided
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Pairs, weighed
from lierre.people.models.matching_rule import LEAST
from lierre.people.reconciling.columns import SCHEMA, line_of
from lierre.people.reconciling.knowledge import Knowledge, in_force
from lierre.people.reconciling.pages import Rows, looked_up
from lierre.people.reconciling.reading import persons
from lierre.people.reconciling.reasons import Weight, reasons_of, weights_of
from lierre.people.reconciling.shelf import anew, unfollowed

MOST_CANDIDATES: Final = 4
# Persons changed a moment ago, whom the shelf does not know as they are: looked at beside it when they are few.
LOOKED_AT_BESIDE: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a line may speak of. `weights`: field, level, bits, from the start to the sum."""

    person: int
    probability: float
    weights: tuple[Weight, ...] = ()

    @property
    def reasons(self) -> list[tuple[str, str]]:
        return reasons_of(self.weights)


@dataclass(slots=True)
class Found:
    """Of one line: candidates, the most probable first; and the probability that it speaks of somebody new."""

    candidates: list[Candidate] = field(default_factory=list)
    nobody: float = 1.0


def match_line(facts: Mapping[str, Any], known: Knowledge | None = None) -> list[Candidate]:
    """Whom one line may speak of, the most probable first. Empty: somebody new, as far as is known."""
    known = known or in_force()
    return match_lines([facts], known)[0].candidates if known else []


def match_lines(lines: Sequence[Mapping[str, Any]], known: Knowledge) -> list[Found]:
    found = [Found() for _line in lines]
    left = Side.of(Table.of_rows([line_of(facts) for facts in lines], SCHEMA.left), SCHEMA, left=True)
    known.rarities.weigh(left)
    l_rows, numbers = pairs(left, known)
    if not len(l_rows):
        return found
    table = persons(np.unique(numbers).tolist())
    ids = np.array(table.ids, dtype=np.int64)
    if not len(ids):
        return found
    right = Side.of(table, SCHEMA, left=False)
    known.rarities.weigh(right)
    r_rows = np.minimum(np.searchsorted(ids, numbers), len(ids) - 1)
    here = ids[r_rows] == numbers
    l_rows, r_rows = l_rows[here], r_rows[here]
    compared = Pairs.of(known.model, left, right, l_rows, r_rows)
    judged = decided(known.model, weighed(known.model, compared), l_rows, len(left))
    kept = np.flatnonzero(judged.probability >= LEAST)
    kept = kept[np.lexsort((r_rows[kept], -judged.probability[kept], l_rows[kept]))]
    every = weights_of(known.model, compared.only(kept), judged.probability[kept])
    for rank, (line, row, pair) in enumerate(zip(l_rows[kept], r_rows[kept], kept, strict=True)):
        mine = found[line].candidates
        if len(mine) < MOST_CANDIDATES:
            mine.append(Candidate(int(ids[row]), float(judged.probability[pair]), every(rank)))
    for one, nobody in zip(found, judged.nobody.tolist(), strict=True):
        one.nobody = nobody
    return found


def pairs(left: Side, known: Knowledge) -> tuple[Rows, Rows]:
    """Every line with every person who shares a key with it today, in order, once."""
    l_rows, numbers = looked_up(known.shelf, left)
    beside = unfollowed(known.shelf, LOOKED_AT_BESIDE) if known.change != known.shelf.seen_change else []
    doubtful = np.union1d(anew(known.shelf), np.array(beside, dtype="<u4")).astype(np.int64)
    if len(doubtful):
        changed = np.isin(numbers, doubtful)
        again = np.unique(np.concatenate([numbers[changed], np.array(beside, dtype=np.int64)]))
        more_rows, more = sharing(left, again)
        l_rows, numbers = np.concatenate([l_rows[~changed], more_rows]), np.concatenate([numbers[~changed], more])
    order = np.lexsort((numbers, l_rows))
    l_rows, numbers = l_rows[order], numbers[order]
    first = np.append(True, (l_rows[1:] != l_rows[:-1]) | (numbers[1:] != numbers[:-1]))[: len(order)]
    return l_rows[first], numbers[first]


def sharing(left: Side, numbers: NDArray[np.int64]) -> tuple[Rows, Rows]:
    """The same, from the persons as they are now: for those whose keys on the shelf may be of before."""
    table = persons(numbers.tolist())
    right = Side.of(table, SCHEMA, left=False)
    ids = np.array(table.ids, dtype=np.int64)
    l_found, r_found = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for asked, borne in zip(keys(left, left=True), keys(right, left=False), strict=True):
        for theirs in borne.variants:
            order = np.argsort(theirs, kind="stable")
            there = theirs[order]
            for mine in asked.variants:
                start = np.searchsorted(there, mine, "left")
                count = np.where(mine != 0, np.searchsorted(there, mine, "right") - start, 0)
                within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
                l_found.append(np.repeat(np.arange(len(mine)), count))
                r_found.append(ids[order[np.repeat(start, count) + within]])
    return np.concatenate(l_found), np.concatenate(r_found)
