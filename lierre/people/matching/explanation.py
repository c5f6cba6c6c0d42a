"""Why a pair was judged so: what each field says, in bits, from the start to the sum. A waterfall figure draws it."""

from dataclasses import dataclass

import numpy as np

from lierre.people.matching.decision import decided
from lierre.people.matching.model import CLASSES, Model
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import Pairs, weighed, weight

STRONG = 2.0  # bits from which a field is a reason


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
