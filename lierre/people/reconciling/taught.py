"""What answers have taught, on top of what the base says alone: bits more, or less, at each level of agreement."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from lierre.people.matching.model import Model

LINES: Final = "lines"  # of a file, against the base
PAIRS: Final = "pairs"  # of the base, or of one file
START: Final = "start"


def named(field: str, level: str) -> str:
    """
    How an adjustment calls a level.

    >>> named("family", "exact")
    'family exact'
    """
    return f"{field} {level}"


def taught(model: Model, adjustments: Mapping[str, float]) -> Model:
    """
    Another model, which tells every probability with these bits added to its odds. The first is left as it was.

    Bits are added to what an agreement weighs between lines of one person, so `m` is no longer a share of lines.
    """
    if not adjustments:
        return model
    fields = {}
    for name, one in model.fields.items():
        field = name.partition(":")[0]
        bits = np.array([adjustments.get(named(field, level), 0.0) for level in one.levels])
        fields[name] = replace(one, m=one.m * np.exp2(bits / model.temper))
    odds = float(2 ** adjustments.get(START, 0.0))
    if model.task == "dedupe":
        return replace(model, fields=fields, share=model.share * odds)
    return replace(model, fields=fields, lift=model.lift * odds)
