"""
Two lines of one import which may be one person whom nobody knows: joined alone, asked about, or left apart.

The lines are compared once all were read, by what tells two persons of the base apart. Groups are never chains: a line
joins another only when nothing speaks against it in the whole group.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from lierre.people.matching.batch import match
from lierre.people.matching.explanation import Weight, weights_of
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import Pairs
from lierre.people.models import LineMatch, LineTwin, MatchingRule
from lierre.people.projection import sliced
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.knowledge import Knowledge
from lierre.people.reconciling.newcomers import Newcomer, Newcomers
from lierre.people.reconciling.within import model_of_file

AT_ONCE: Final = 900
NEVER_SURE: Final = 1 - 2**-40  # who asks about everything is asked about that too
Band = LineMatch.Band


@dataclass(frozen=True, slots=True)
class Likely:
    """Two newcomers, by their places in the order of the import: the later one, and the one it resembles."""

    later: int
    earlier: int
    probability: float
    weights: tuple[Weight, ...]


@dataclass
class Twins:
    """`joined`: place of a line → place of the line whose person it is. `asked`: places of those somebody is asked about."""

    joined: dict[int, int] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)
    pairs: list[tuple[Likely, str]] = field(default_factory=list)
    again: dict[int, float] = field(default_factory=dict)  # of a line, how probably its person stands before it

    def keep(self, newcomers: Newcomers, known: Knowledge, rule: MatchingRule) -> None:
        """What was found, for the pages."""
        LineTwin.objects.bulk_create(
            (
                LineTwin(
                    delivery_id=later.delivery, line=later.line, other_delivery_id=earlier.delivery,
                    other_line=earlier.line, digest=later.digest, other_digest=earlier.digest,
                    probability=likely.probability, weights=list(likely.weights), band=band, model_id=known.number,
                    rule_id=rule.pk,
                )
                for likely, band in self.pairs
                for later, earlier in [(newcomers.lines[likely.later], newcomers.lines[likely.earlier])]
            ),
            batch_size=AT_ONCE, ignore_conflicts=True,
        )  # fmt: skip


def find_twins(newcomers: Newcomers, known: Knowledge, rule: MatchingRule) -> Twins:
    """Those among the newcomers which may be one person, and what is made of them."""
    likely = without_refused(likely_pairs(newcomers, known, rule.ask_from), newcomers)
    found = decided(likely, newcomers.lines, rule)
    for pair in likely:
        found.again[pair.later] = 1 - (1 - found.again.get(pair.later, 0.0)) * (1 - pair.probability)
    return found


def likely_pairs(newcomers: Newcomers, known: Knowledge, least: float) -> list[Likely]:
    places = newcomers.standing
    if len(places) < 2:
        return []
    side = Side.of(newcomers.table(places), SCHEMA, left=True)
    known.rarities.weigh(side)
    found = match("dedupe", side, side, model_of_file(known.number, len(places)))
    kept = np.flatnonzero(found.probability >= least)
    l_rows, r_rows, probability = (
        found.l_rows[kept],
        found.r_rows[kept],
        np.minimum(found.probability[kept], NEVER_SURE),
    )
    weights = weights_of(found.model, Pairs.of(found.model, side, side, l_rows, r_rows), probability)
    return [
        Likely(places[later], places[earlier], chances, weights(rank))
        for rank, (earlier, later, chances) in enumerate(
            zip(l_rows.tolist(), r_rows.tolist(), probability.tolist(), strict=True)
        )
    ]


def without_refused(likely: Sequence[Likely], newcomers: Newcomers) -> list[Likely]:
    """Somebody said of these very lines that they are two persons: it is not asked again."""
    digests = {newcomers.lines[place].digest for pair in likely for place in (pair.later, pair.earlier)}
    refused: set[frozenset[int]] = set()
    for some in sliced(sorted(digests), AT_ONCE):
        said = LineTwin.objects.refused().filter(digest__in=some).values_list("digest", "other_digest")
        refused.update(map(frozenset, said))
    return [
        pair for pair in likely
        if frozenset((newcomers.lines[pair.later].digest, newcomers.lines[pair.earlier].digest)) not in refused
    ]  # fmt: skip


def decided(likely: Sequence[Likely], lines: Sequence[Newcomer], rule: MatchingRule) -> Twins:
    """The three bands, on groups that no doubt crosses."""
    sure = {
        (pair.later, pair.earlier) for pair in likely
        if pair.probability >= rule.link_from and not lines[pair.later].contradicts(lines[pair.earlier])
    }  # fmt: skip
    group = grouped(likely, sure)
    doubtful = {
        group.get(pair.later, (pair.later,)) for pair in likely
        if group.get(pair.later, (pair.later,)) != group.get(pair.earlier, (pair.earlier,))
    }  # fmt: skip
    found = Twins()
    for pair in likely:
        mine = group.get(pair.later, (pair.later,))
        if mine in doubtful:
            found.asked.add(pair.later)
            found.pairs.append((pair, Band.ASK.value))
        elif mine == group.get(pair.earlier):
            found.joined[pair.later] = mine[0]
            found.pairs.append((pair, Band.LINK.value))
    return found


def grouped(likely: Sequence[Likely], sure: set[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """
    Lines that are surely one person, each two of them. A group is the places of its lines, in order.

    >>> chain = [Likely(2, 1, 0.999, ()), Likely(3, 2, 0.995, ())]
    >>> grouped(chain, {(2, 1), (3, 2)})
    {1: (1, 2), 2: (1, 2)}
    """
    group: dict[int, tuple[int, ...]] = {}
    for pair in sorted(likely, key=lambda each: -each.probability):
        if (pair.later, pair.earlier) not in sure:
            continue
        one, other = group.get(pair.earlier, (pair.earlier,)), group.get(pair.later, (pair.later,))
        if one != other and all((max(a, b), min(a, b)) in sure for a in one for b in other):
            whole = tuple(sorted((*one, *other)))
            group.update(dict.fromkeys(whole, whole))
    return group
