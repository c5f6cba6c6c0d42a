"""Our decision, the last word: what Splink compared is weighed as `matching` weighs it, with homonyms, kin and competition."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import numpy as np
import pyarrow as arrow

from lierre.people.matching.batch import LEAST
from lierre.people.matching.comparisons import MISSING, Agreement
from lierre.people.matching.decision import decided
from lierre.people.matching.model import Model
from lierre.people.matching.spark.settings import Compared
from lierre.people.matching.weighing import Pairs, classes, weighed

ANSWERED: Final = "id_l string, id_r string, match_probability double"


def judging(model: Model, fields: list[Compared]) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Every pair of a line must be in one lot of Spark, for its candidates to compete."""

    def judge(batches: Iterable[Any]) -> Iterator[Any]:
        held = list(batches)
        if held:
            yield judged(model, fields, arrow.Table.from_batches(held))

    return judge


def judged(model: Model, fields: list[Compared], pairs: Any) -> Any:
    told = {one.name: agreement(one, model, pairs) for one in fields}
    size = pairs.num_rows
    for name, field in model.fields.items():  # what Spark cannot compare says nothing
        told.setdefault(name, Agreement.empty(size, MISSING))
        assert len(field.levels) > 1
    sources = {name: rank + 1 for rank, name in enumerate(model.origins)}
    origin = np.array([sources.get(name, 0) for name in pairs.column("origin_l").to_pylist()], dtype=np.int64)
    lines, rows = np.unique(np.array(pairs.column("unique_id_l").to_pylist(), dtype=object), return_inverse=True)
    ordered = {name: told[name] for name in model.fields}
    evidence = weighed(model, Pairs(ordered, classes(ordered, size), origin, size))
    probability = decided(model, evidence, rows.astype(np.int64), len(lines)).probability
    kept = np.flatnonzero(probability >= LEAST)
    places = arrow.array(kept)
    return arrow.record_batch({
        "id_l": pairs.column("unique_id_l").take(places).combine_chunks(),
        "id_r": pairs.column("unique_id_r").take(places).combine_chunks(),
        "match_probability": probability[kept],
    })  # fmt: skip


def agreement(one: Compared, model: Model, pairs: Any) -> Agreement:
    """The level that Splink says, in our words, and the rarity that it was given of what is shared."""
    gamma = pairs.column(f"gamma_{one.place}").to_numpy().astype(np.int64)
    reached = np.array([*one.reached, MISSING], dtype=np.int8)
    usual = np.array([*one.usual, 1.0])
    found = Agreement(reached[gamma], np.zeros(len(gamma), dtype=np.float32))
    if one.has_rarity:
        bits = pairs.column(f"mw_tf_adj_{one.place}").to_numpy()
        rare = np.append(model.fields[one.name].rare[list(one.reached)], False)[gamma]
        found.rarity[rare] = (bits - np.log2(usual[gamma]))[rare]
    if one.name == "family":
        contexts = [pairs.column(f"context_{side}").to_numpy() for side in "lr"]
        found.context = np.maximum(*contexts).astype(np.int64)
    return found
