"""Two files matched, or one with itself."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from lierre.people.matching.blocking import Keys, keys, shares_of
from lierre.people.matching.clusters import EVEN, settled
from lierre.people.matching.comparing import compared
from lierre.people.matching.comparisons import Agreement, Rows
from lierre.people.matching.decision import decided
from lierre.people.matching.estimation import estimate
from lierre.people.matching.model import Model
from lierre.people.matching.processors import PROCESSORS
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side, Unread, repeats
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Bits, Evidence, Pairs, weighed

LEARNT_FROM: Final = 6_000  # lines
AT_ONCE: Final = 200_000  # pairs
EARLY: Final = 6  # shares compared before the model is there: what they hold waits
PUT_TOGETHER: Final = 6_000_000  # pairs
Share = TypeVar("Share")
LEAST: Final = 0.01  # a pair less probable than this is not told


@dataclass
class Matched:
    model: Model
    l_rows: Rows
    r_rows: Rows
    probability: Bits
    nobody: Bits  # for each line, the probability that it speaks of somebody new

    @property
    def expected_new(self) -> float:
        """How many lines are expected to speak of somebody new."""
        return float(self.nobody.sum())


def candidates(left: Side, right: Side, task: str) -> tuple[Rows, Rows]:
    """The pairs that share a key, sorted by line."""
    across, inside = max(len(right), 1), task == "dedupe"
    kinds = zip(keys(left, left=True), keys(right, left=False), strict=True)
    found = PROCESSORS.taking(lambda some: _sharing(some, across, inside), kinds)
    every = found[0] if len(found) == 1 else _once(found)
    l_rows = every // across
    every -= l_rows * across
    return l_rows, every


def _sharing(kinds: Iterable[tuple[Keys, Keys]], across: int, inside: bool) -> Rows:
    """The pairs that share one of these keys, as numbers. Put together as they come, so that memory holds."""
    every, waiting, size = np.empty(0, dtype=np.int64), [np.empty(0, dtype=np.int64)], 0
    for mine, theirs in kinds:
        for l_rows, r_rows in shares_of(mine, theirs):
            if inside:
                kept = l_rows < r_rows
                l_rows, r_rows = l_rows[kept], r_rows[kept]
            waiting.append(l_rows * across + r_rows)
            size += len(l_rows)
            if size > PUT_TOGETHER:
                every, waiting, size = _once([every, *waiting]), [], 0
    return _once([every, *waiting])


def _once(found: Sequence[Rows]) -> Rows:
    """Every pair once, in order."""
    every: Rows = np.concatenate(found)
    every.sort()
    fresh = np.append(True, every[1:] != every[:-1])[: len(every)]
    return np.asarray(every[fresh])


def match(task: str, left: Side, right: Side, model: Model | None = None) -> Matched:
    l_rows, r_rows = candidates(left, right, task)
    if task == "dedupe":
        return _within(model or learnt(task, left, right, l_rows, r_rows), left, l_rows, r_rows)
    model, evidence = evidences(model, left, right, l_rows, r_rows)
    found = decided(model, evidence, l_rows, len(left))
    kept = np.flatnonzero(found.probability >= LEAST)
    return Matched(model, l_rows[kept], r_rows[kept], found.probability[kept], found.nobody)


def learnt(task: str, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Model:
    """What some thousands of lines teach, drawn among all."""
    drawn = np.sort(np.random.default_rng(10).permutation(len(left))[:LEARNT_FROM])
    among = np.zeros(len(left), dtype=bool)
    among[drawn] = True
    sample = np.flatnonzero(among[l_rows])
    return estimate(task, left, right, l_rows[sample], r_rows[sample], drawn)


def _within(model: Model, side: Side, l_rows: Rows, r_rows: Rows) -> Matched:
    """Inside one file each pair is judged alone, so only those that may be one person need be held; then groups settle."""

    def share(start: int) -> tuple[Rows, Bits]:
        one, other = l_rows[start : start + AT_ONCE], r_rows[start : start + AT_ONCE]
        found = decided(model, weighed(model, Pairs.of(model, side, side, one, other)), one, len(side)).probability
        kept = np.flatnonzero(found >= LEAST)
        return kept + start, found[kept]

    shares = _in_shares(share, len(l_rows))
    kept = np.concatenate([rows for rows, _ in shares])
    probability = np.concatenate([found for _, found in shares])
    return Matched(model, *settled(l_rows[kept], r_rows[kept], probability), np.ones(len(side)))


def evidences(model: Model | None, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> tuple[Model, Evidence]:
    """The evidence of many pairs, a share at a time. While the model is being learnt, some pairs are compared."""
    shares = [slice(start, start + AT_ONCE) for start in range(0, max(len(l_rows), 1), AT_ONCE)]
    early: list[dict[str, Agreement]] = []
    if model is None and (learning := PROCESSORS.beside(partial(learnt, "link", left, right, l_rows, r_rows))):
        while not learning.has_answered and len(early) < min(len(shares), EARLY):
            early.append(compared(left, right, l_rows[shares[len(early)]], r_rows[shares[len(early)]]))
        model = learning.answer()
    known = model or learnt("link", left, right, l_rows, r_rows)
    found = [
        weighed(known, Pairs.told(told, known, left, l_rows[share])) for told, share in zip(early, shares, strict=False)
    ]
    rest = shares[len(early) :]
    early.clear()

    def share_of(share: slice) -> Evidence:
        return weighed(known, Pairs.of(known, left, right, l_rows[share], r_rows[share]))

    found += PROCESSORS.at_once([partial(share_of, share) for share in rest])
    every = (np.concatenate([getattr(one, name) for one in found]) for name in Evidence.__dataclass_fields__)
    return known, Evidence(*every)


def _in_shares(share: Callable[[int], Share], pairs: int) -> list[Share]:
    return PROCESSORS.at_once([partial(share, start) for start in range(0, max(pairs, 1), AT_ONCE)])


def sides(schema: Schema, left: str, right: str | None) -> tuple[Side, Side]:
    """Both files, read and weighed by the rarity of their values in the base."""
    if right is None:
        schema = replace(schema, right=schema.left)
    base = Table.read(right or left, schema.right, schema.id)
    said = repeats(base, schema)
    begun = [Side.begun(base, schema, left=right is None, repeats=said)]
    del base
    if right is not None:
        begun.append(Side.begun(Table.read(left, schema.left, schema.id), schema, left=True, repeats=said))
    columns = iter(_at_once([one for _side, unread in begun for one in unread]))
    other, *more = [side.filled(unread, [next(columns) for _one in unread]) for side, unread in begun]
    one = more[0] if more else other
    rarities = Rarities.of(other)
    rarities.weigh(other)
    if other is not one:
        rarities.weigh(one)
    return one, other


def _at_once(unread: Sequence[Unread]) -> list[Any]:
    """The longest first: what is begun last should be short."""
    longest = sorted(range(len(unread)), key=lambda rank: -len(unread[rank].values.distinct))
    made = dict(zip(longest, PROCESSORS.at_once([unread[rank].read for rank in longest]), strict=True))
    return [made[rank] for rank in range(len(unread))]


def run(task: str, left: str, right: str | None, schema: str, out: str) -> Matched:
    """The command: files in, a file out."""
    one, other = sides(Schema.read(schema), left, right if task == "link" else None)
    found = match(task, one, other)
    write(found, one, other, out)
    return found


def write(found: Matched, left: Side, right: Side, out: str) -> None:
    """The pairs; of a file matched with itself, those of each group and no other, so that nobody makes chains of them."""
    told = found.probability >= (EVEN if found.model.task == "dedupe" else 0)
    with Path(out).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id_l", "id_r", "match_probability"))
        writer.writerows(
            (left.ids[one], right.ids[other], f"{p:.9f}")
            for one, other, p in zip(
                found.l_rows[told].tolist(), found.r_rows[told].tolist(), found.probability[told].tolist(), strict=True
            )
        )
