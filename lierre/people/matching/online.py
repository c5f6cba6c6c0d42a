"""One line against the base, in milliseconds, with the model and the answers of the batch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, TextIO

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.batch import LEAST, candidates
from lierre.people.matching.blocking import keys
from lierre.people.matching.comparisons import Rows
from lierre.people.matching.decision import decided
from lierre.people.matching.estimation import estimate
from lierre.people.matching.hashing import Numbers
from lierre.people.matching.model import Model
from lierre.people.matching.pools import Pools
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.rehearsal import rehearsed
from lierre.people.matching.schema import MatchingFaultError, Schema
from lierre.people.matching.side import Side, repeats
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Pairs, settle, weighed


def blocking_keys(side: Side, *, left: bool) -> list[list[int]]:
    """
    The keys of each line, signed numbers of 64 bits such as a table of a database holds. A line of the left asks for the
    lines of the base that share one of them; a key that more than its `most` lines share is not asked.
    """
    found: list[list[int]] = [[] for _ in range(len(side))]
    for kind in keys(side, left=left):
        for variant in kind.variants:
            for row in np.flatnonzero(variant).tolist():
                found[row].append(int(variant[row].astype(np.int64)))
    return found


def score(model: Model, left: Side, right: Side, rows: Rows) -> list[tuple[int, float]]:
    """The rows of the base that the only line of `left` may speak of, best first, with their probabilities."""
    rows = np.sort(rows)
    line = np.zeros(len(rows), dtype=np.int64)
    found = decided(model, weighed(model, Pairs.of(model, left, right, line, rows)), line, 1).probability
    best = np.argsort(-found, kind="stable")
    return [(int(rows[place]), float(found[place])) for place in best if found[place] >= LEAST]


@dataclass
class Index:
    """The base in memory, its keys sorted."""

    schema: Schema
    base: Side
    rarities: Rarities
    model: Model
    lines: Pools
    places: list[tuple[int, Numbers, NDArray[np.int32]]]

    @classmethod
    def of(cls, base: Table, schema: Schema, model: Model | None = None) -> Self:
        said = repeats(base, schema)
        side = Side.of(base, schema, left=False, repeats=said)
        rarities = Rarities.of(side)
        rarities.weigh(side)
        if model is None:
            model = _rehearse(base, schema, side, rarities, said)
        places = []
        for kind in keys(side, left=False):
            variants = kind.variants
            rows = [np.flatnonzero(one) for one in variants]
            numbers = np.concatenate(
                [one[some] for one, some in zip(variants, rows, strict=True)] or [np.empty(0, np.uint64)]
            )
            row = np.concatenate(rows or [np.empty(0, np.int64)]).astype(np.int32)
            order = np.argsort(numbers)
            places.append((kind.most, numbers[order], row[order]))
        lines = Pools(schema, rarities, left=True, repeats=said)
        return cls(schema, side, rarities, settle(model), lines, places)

    def line(self, row: Mapping[str, Any]) -> Side:
        return self.lines.side(Table.of_rows([row], self.schema.left, self.schema.id))

    def found(self, line: Side) -> Rows:
        """The rows of the base that share a key with this line."""
        rows = []
        for (most, numbers, places), kind in zip(self.places, keys(line, left=True), strict=True):
            asked = np.array([one[0] for one in kind.variants if one[0]], dtype=np.uint64)
            start = np.searchsorted(numbers, asked, "left")
            stop = np.searchsorted(numbers, asked, "right")
            rows += [places[first:last] for first, last in zip(start, stop, strict=True) if 0 < last - first <= most]
        return np.unique(np.concatenate(rows)).astype(np.int64) if rows else np.empty(0, dtype=np.int64)

    def ask(self, row: Mapping[str, Any]) -> list[tuple[str, float]]:
        """The persons that this line may speak of, best first. Empty: somebody new."""
        line = self.line(row)
        rows = self.found(line)
        return [(self.base.ids[place], p) for place, p in score(self.model, line, self.base, rows)] if len(rows) else []


def _rehearse(base: Table, schema: Schema, side: Side, rarities: Rarities, said: frozenset[str]) -> Model:
    rows = rehearsed(base, schema)
    left = Side.of(Table.of_rows(rows, schema.left, "id"), schema, left=True, repeats=said)
    rarities.weigh(left)
    l_rows, r_rows = candidates(left, side, "link")
    model = estimate("link", left, side, l_rows, r_rows, np.arange(len(left)))
    model.share = min(model.share, 0.8)  # the rehearsal has nobody new
    return model


def serve(right: str, schema_path: str, asked: TextIO, answered: TextIO, model: str | None = None) -> None:
    """READY, then one line of JSON for each line of JSON."""
    schema = Schema.read(schema_path)
    index = Index.of(Table.read(right, schema.right, schema.id), schema, Model.load(model) if model else None)
    answered.write("READY\n")
    answered.flush()
    for text in asked:
        if text.strip():
            try:
                row = json.loads(text)
            except ValueError:
                raise MatchingFaultError(f"This line is not JSON: {text.strip()[:80]}") from None
            answered.write(json.dumps(index.ask(row)) + "\n")
            answered.flush()
