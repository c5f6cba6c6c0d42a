"""Lines of one person put together, without the collapse of chains: A like B and B like C is not enough when A is unlike C."""

from typing import Final

import numpy as np

from lierre.people.matching.comparisons import Rows
from lierre.people.matching.weighing import Bits

EVEN: Final = 0.5
MOST: Final = 6.0  # bits that one pair may weigh, for or against
SUREST: Final = 1 - 1e-12  # nothing is certain
UNSEEN: Final = 0.5  # bits against, for two lines that share no key at all


def clusters(l_rows: Rows, r_rows: Rows, probability: Bits) -> dict[int, int]:
    """
    For each line that has a probable pair, the group it belongs to. Two groups join when all that is known between their
    lines, for and against, is in favour.

    >>> pairs = [(1, 2, 0.99), (2, 3, 0.9), (1, 3, 0.01)]
    >>> found = clusters(*(np.array(column) for column in zip(*pairs)))
    >>> found[1] == found[2], found.get(3) == found[1]
    (True, False)
    """
    odds = np.clip(np.log2(np.maximum(probability, 1e-9) / np.maximum(1 - probability, 1e-9)), -MOST, MOST)
    group: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    between: dict[int, dict[int, tuple[float, int]]] = {}
    for one, other, bits in zip(l_rows.tolist(), r_rows.tolist(), odds.tolist(), strict=True):
        for row, there in ((one, other), (other, one)):
            group[row] = row
            members[row] = [row]
            between.setdefault(row, {})[there] = (bits, 1)
    order = np.argsort(-probability, kind="stable")
    for place in order[probability[order] >= EVEN].tolist():
        one, other = group[int(l_rows[place])], group[int(r_rows[place])]
        if one == other:
            continue
        bits, seen = between[one][other]
        if bits - UNSEEN * (len(members[one]) * len(members[other]) - seen) <= 0:
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        _join(one, other, group, members, between)
    return group


def _join(
    one: int,
    other: int,
    group: dict[int, int],
    members: dict[int, list[int]],
    between: dict[int, dict[int, tuple[float, int]]],
) -> None:
    for row in members[other]:
        group[row] = one
    members[one] += members.pop(other)
    theirs = between.pop(other)
    del between[one][other]
    for third, (bits, seen) in theirs.items():
        if third != one:
            known = between[one].get(third, (0.0, 0))
            between[one][third] = between[third][one] = (bits + known[0], seen + known[1])
            del between[third][other]


def settled(l_rows: Rows, r_rows: Rows, probability: Bits) -> tuple[Rows, Rows, Bits]:
    """The pairs as the groups say: those within a group are probable, those across are not."""
    group = clusters(l_rows, r_rows, probability)
    told = {}
    within: dict[int, dict[tuple[int, int], float]] = {}
    for one, other, p in zip(l_rows.tolist(), r_rows.tolist(), probability.tolist(), strict=True):
        if group[one] == group[other]:
            within.setdefault(group[one], {})[one, other] = p
        else:
            told[one, other] = min(p, EVEN - 0.01)
    for known in within.values():
        told.update(together(known))
    pairs = np.array(list(told), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1], np.fromiter(told.values(), dtype=np.float64, count=len(told))


def together(known: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """
    Every pair of a group. Two lines are one person by themselves, or because both are a third one: the best way there is.

    >>> {pair: round(p, 3) for pair, p in together({(1, 2): 0.9, (2, 3): 0.9}).items()}
    {(1, 2): 0.9, (1, 3): 0.81, (2, 3): 0.9}
    """
    if len(known) == 1:
        return {pair: min(max(p, EVEN), SUREST) for pair, p in known.items()}
    rows = sorted({row for pair in known for row in pair})
    place = {row: rank for rank, row in enumerate(rows)}
    sure = np.zeros((len(rows), len(rows)))
    for (one, other), p in known.items():
        sure[place[one], place[other]] = sure[place[other], place[one]] = p
    found = {}
    for rank, one in enumerate(rows[:-1]):
        doubt = (1 - sure[rank]) * (1 - (sure * sure[rank]).max(axis=1))
        for other, p in zip(rows[rank + 1 :], (1 - doubt[rank + 1 :]).tolist(), strict=True):
            found[one, other] = min(max(p, EVEN), SUREST)
    return found


def gathered(l_rows: Rows, r_rows: Rows, probability: Bits) -> dict[int, int]:
    """Of settled pairs: for each line that is in a group, the first line of it."""
    first: dict[int, int] = {}
    together = np.flatnonzero(probability >= EVEN)
    for place in together[np.lexsort((r_rows[together], l_rows[together]))].tolist():
        one, other = int(l_rows[place]), int(r_rows[place])
        first[other] = first.setdefault(one, one)
    return first
