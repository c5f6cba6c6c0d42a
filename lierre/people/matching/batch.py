"""Two files matched, or one with itself."""

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from lierre.people.matching.blocking import keys, shares_of
from lierre.people.matching.clusters import EVEN, settled
from lierre.people.matching.comparisons import Rows
from lierre.people.matching.decision import decided
from lierre.people.matching.estimation import estimate
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side, repeats
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Bits, Evidence, Pairs, weighed

LEARNT_FROM: Final = 6_000  # lines
AT_ONCE: Final = 200_000  # pairs
PUT_TOGETHER: Final = 6_000_000  # pairs
WORKERS: Final = 2
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
    """The pairs that share a key, sorted by line. Put together as they come, so that memory holds."""
    every, waiting, size = np.empty(0, dtype=np.int64), [np.empty(0, dtype=np.int64)], 0
    across = max(len(right), 1)
    for mine, theirs in zip(keys(left, left=True), keys(right, left=False), strict=True):
        for l_rows, r_rows in shares_of(mine.variants, theirs.variants, mine.most):
            if task == "dedupe":
                kept = l_rows < r_rows
                l_rows, r_rows = l_rows[kept], r_rows[kept]
            waiting.append(l_rows * across + r_rows)
            size += len(l_rows)
            if size > PUT_TOGETHER:
                every, waiting, size = _once([every, *waiting]), [], 0
    every = _once([every, *waiting])
    l_rows = every // across
    every -= l_rows * across
    return l_rows, every


def _once(found: list[Rows]) -> Rows:
    """Every pair once, in order."""
    every: Rows = np.concatenate(found)
    every.sort()
    fresh = np.append(True, every[1:] != every[:-1])[: len(every)]
    return np.asarray(every[fresh])


def match(task: str, left: Side, right: Side, model: Model | None = None) -> Matched:
    l_rows, r_rows = candidates(left, right, task)
    model = model or learnt(task, left, right, l_rows, r_rows)
    if task == "dedupe":
        return _within(model, left, l_rows, r_rows)
    evidence = evidences(model, left, right, l_rows, r_rows)
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


def evidences(model: Model, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Evidence:
    """The evidence of many pairs, a share at a time."""

    def share(start: int) -> Evidence:
        stop = start + AT_ONCE
        return weighed(model, Pairs.of(model, left, right, l_rows[start:stop], r_rows[start:stop]))

    shares = _in_shares(share, len(l_rows))
    return Evidence(*(np.concatenate([getattr(one, name) for one in shares]) for name in Evidence.__dataclass_fields__))


def _in_shares(share: Callable[[int], Share], pairs: int) -> list[Share]:
    with ThreadPoolExecutor(WORKERS) as workers:  # numpy and rapidfuzz let the other thread work
        return list(workers.map(share, range(0, max(pairs, 1), AT_ONCE)))


def sides(schema: Schema, left: str, right: str | None) -> tuple[Side, Side]:
    """Both files, read and weighed by the rarity of their values in the base."""
    if right is None:
        schema = replace(schema, right=schema.left)
    base = Table.read(right or left, schema.right, schema.id)
    said = repeats(base, schema)
    other = Side.of(base, schema, left=right is None, repeats=said)
    del base
    one = other if right is None else Side.of(Table.read(left, schema.left, schema.id), schema, left=True, repeats=said)
    rarities = Rarities.of(other)
    rarities.weigh(other)
    if other is not one:
        rarities.weigh(one)
    return one, other


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
