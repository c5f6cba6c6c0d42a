"""From evidence to probabilities: for each line, one of its candidates, or nobody."""

from dataclasses import dataclass

import numpy as np

from lierre.people.matching.comparisons import Rows
from lierre.people.matching.model import Model
from lierre.people.matching.weighing import MOST, Bits, Evidence


@dataclass
class Decision:
    """
    `probability` of each pair. `explained`: how much more often than by chance such a pair is of two persons. `nobody`:
    for each line, the probability that it speaks of somebody new.
    """

    probability: Bits
    explained: Bits
    nobody: Bits


def decided(model: Model, evidence: Evidence, l_rows: Rows, lines: int) -> Decision:
    """
    Between two files, candidates compete: a line speaks of one of them, or of somebody new. Inside one file, where a
    person may be met any number of times, each pair is judged alone.
    """
    explained = 1 + model.homonyms * evidence.homonym + model.siblings * evidence.kin
    odds = model.share / model.lines * np.exp2(np.clip(evidence.person, -MOST, MOST)) / explained
    if model.task == "dedupe":
        return Decision(odds / (1 + odds), explained, np.ones(lines))
    as_new = 1 + model.homonyms_of_new * evidence.homonym + model.siblings_of_new * evidence.kin
    alike = np.bincount(l_rows, weights=np.log2(as_new / explained), minlength=lines)
    nobody = (1 - model.share) * np.exp2(np.clip(alike, -MOST, MOST))
    believed = model.lifts[evidence.named] * (odds / nobody[l_rows]) ** model.temper
    total = 1 + np.bincount(l_rows, weights=believed, minlength=lines)
    return Decision(believed / total[l_rows], explained, 1 / total)
