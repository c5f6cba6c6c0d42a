"""Why a pair was judged so: what each field says, in bits, from the start to the sum. A waterfall figure draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from lierre.people.matching.decision import decided
from lierre.people.matching.model import CLASSES, Model
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import Bits, Pairs, weighed, weight

STRONG: Final = 2.0  # bits from which a field is a reason
NOTHING: Final = 0.05  # bits that are not worth a word
CEILING: Final = 40.0
START: Final = "start"
OTHERS: Final = "others"  # what no field says alone: homonyms, kin, the rest of the group
Weight = tuple[str, str, float]


@dataclass(frozen=True)
class Explanation:
    """`start`: bits of any pair before anything is compared. `fields`: level reached and bits. `shared`: see `Decision`."""

    start: float
    fields: dict[str, tuple[str, float]]
    homonymy: float
    kinship: float
    names: str

    @property
    def total(self) -> float:
        return self.start + sum(bits for _level, bits in self.fields.values()) + self.homonymy + self.kinship

    @property
    def reasons(self) -> list[str]:
        """Codes of what weighed most, for and against, strongest first: `family:exact`, `city:different`…"""
        said = sorted(self.fields.items(), key=lambda item: -abs(item[1][1]))
        codes = [f"{name.partition(':')[0]}:{level}" for name, (level, bits) in said if abs(bits) >= STRONG]
        if self.homonymy <= -STRONG:
            codes.append("homonym:possible")
        if self.kinship <= -STRONG:
            codes.append("kin:possible")
        return codes


def explain(model: Model, left: Side, right: Side, l_row: int, r_row: int) -> Explanation:
    """The weights of one pair. Their sum is the logarithm of its odds before candidates compete."""
    rows, others = np.array([l_row]), np.array([r_row])
    pairs = Pairs.of(model, left, right, rows, others)
    fields = {
        name: (one.levels[pairs.agreements[name].levels[0]], float(weight(name, one, pairs)[0]))
        for name, one in model.fields.items()
        if pairs.agreements[name].levels[0] >= 0
    }
    evidence = weighed(model, pairs)
    bond = float(evidence.person[0]) - sum(bits for _level, bits in fields.values())
    found = decided(model, evidence, np.zeros(1, dtype=np.int64), 1)
    kin = float(np.log2(1 + model.siblings * evidence.kin[0]))
    return Explanation(
        start=float(np.log2(model.share / model.lines)),
        fields=fields,
        homonymy=bond - (float(np.log2(found.explained[0])) - kin),
        kinship=-kin,
        names=CLASSES[int(pairs.classed[0])],
    )


def weights_of(model: Model, pairs: Pairs, probability: Bits) -> Callable[[int], tuple[Weight, ...]]:
    """For each of many pairs: field, level and bits, from the start to what the probability amounts to."""
    start = float(np.log2(model.share / model.lines))
    fields = {
        name: (weight(name, one, pairs), pairs.agreements[name].levels, one.levels)
        for name, one in model.fields.items()
    }
    certain = np.clip(probability, 2**-CEILING, 1 - 2**-CEILING)
    sums = np.log2(certain / (1 - certain))

    def weights(rank: int) -> tuple[Weight, ...]:
        said = [(START, "", round(start, 2))]
        for name, (worth, levels, words) in fields.items():
            if levels[rank] >= 0 and abs(worth[rank]) >= NOTHING:
                said.append((name.partition(":")[0], words[levels[rank]], round(float(worth[rank]), 2)))
        rest = float(sums[rank]) - sum(bits for _name, _level, bits in said)
        return (*said, (OTHERS, "", round(rest, 2))) if abs(rest) >= NOTHING else tuple(said)

    return weights
