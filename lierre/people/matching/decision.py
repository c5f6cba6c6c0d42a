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
    lifts = model.lifts[evidence.named] * model.lifts_of_sources[evidence.origin]
    if model.task == "dedupe":
        believed = lifts * odds**model.temper
        return Decision(believed / (1 + believed), explained, np.ones(lines))
    against = odds / unknown(model, evidence, explained, l_rows, lines)[l_rows]
    believed = lifts * against**model.temper
    total = 1 + np.bincount(l_rows, weights=believed, minlength=lines)
    return Decision(believed / total[l_rows], explained, 1 / total)


def unknown(model: Model, evidence: Evidence, explained: Bits, l_rows: Rows, lines: int) -> Bits:
    """For each line, how much it speaks for somebody new, who may have homonyms and kin in the base."""
    as_new = 1 + model.homonyms_of_new * evidence.homonym + model.siblings_of_new * evidence.kin
    alike = np.bincount(l_rows, weights=np.log2(as_new / explained), minlength=lines)
    nobody: Bits = (1 - model.share) * np.exp2(np.clip(alike, -MOST, MOST))
    return nobody
