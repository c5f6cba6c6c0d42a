"""Lines against the base, one or many: the same persons, the same probabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from lierre.people.matching.decision import decided
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Pairs, weighed
from lierre.people.models.matching_rule import LEAST
from lierre.people.reconciling.columns import SCHEMA, line_of
from lierre.people.reconciling.knowledge import Knowledge, Lately, in_force, lately
from lierre.people.reconciling.pages import Questions, Rows, looked_up
from lierre.people.reconciling.reasons import Weight, reasons_of, weights_of
from lierre.people.reconciling.sheets import persons_known
from lierre.people.reconciling.shelf import last_change

MOST_CANDIDATES: Final = 4


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
    if known is not None:
        return match_lines([facts], known)[0].candidates
    known = in_force()
    return matched([facts], known, known.change)[0].candidates if known else []


def match_lines(lines: Sequence[Mapping[str, Any]], known: Knowledge) -> list[Found]:
    """What is known may have been asked long ago: who has changed since is looked for."""
    return matched(lines, known, last_change())


def matched(lines: Sequence[Mapping[str, Any]], known: Knowledge, change: int) -> list[Found]:
    """`change`: the last of the directory."""
    found = [Found() for _line in lines]
    left = known.lines.side(Table.of_rows([line_of(facts) for facts in lines], SCHEMA.left))
    since = lately(known.shelf, change)
    l_rows, numbers = pairs(left, known, since)
    if not len(l_rows):
        return found
    looked_at = sorted(set(numbers.tolist()))
    table = persons_known(known.shelf, looked_at, None if since.changed is None else set(since.changed))
    ids = np.array(table.ids, dtype=np.int64)
    if not len(ids):
        return found
    right = known.persons.side(table)
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


def pairs(left: Side, known: Knowledge, since: Lately | None = None) -> tuple[Rows, Rows]:
    """Every line with every person who shares a key with it today, in order, once. `since`: who has changed, if any did."""
    lines = Questions.of(left)
    l_rows, numbers = looked_up(known.shelf, lines)
    if since and since.changed:
        kept = ~np.isin(numbers, since.changed)
        more_rows, more = lines.borne(since.keys)
        l_rows, numbers = np.concatenate([l_rows[kept], more_rows]), np.concatenate([numbers[kept], more])
    order = np.lexsort((numbers, l_rows))
    l_rows, numbers = l_rows[order], numbers[order]
    first = np.append(True, (l_rows[1:] != l_rows[:-1]) | (numbers[1:] != numbers[:-1]))[: len(order)]
    return l_rows[first], numbers[first]
