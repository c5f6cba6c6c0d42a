"""How right an engine is: the definitions of the acceptance, written again, from pairs of numbers and probabilities.

Top-1 figures take the best candidate of each line, accepted from a threshold that is chosen on a random fifth of the persons
and judged on the other four fifths. Recall at a precision is over all pairs. The calibration error is over twenty equal bins.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.known_answers import Answers

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
WANTED_RECALL: Final = 0.93
BINS: Final = 20


@dataclass(frozen=True, slots=True)
class Pairs:
    """What an engine said, the most probable first."""

    left: Sequence[str]
    right: Sequence[str]
    probability: Floats
    true: Booleans


@dataclass(frozen=True, slots=True)
class Score:
    pairs: int
    top1_f1: float  # of linking; for a search of duplicates, F1 of the pairs at the chosen threshold
    clustered_f1: float | None  # of duplicates, once whoever is linked to a same one is one person
    at_99: float
    at_999: float
    false_new: float | None  # share of the new persons who are linked, at the chosen threshold
    false_new_at_recall: float | None  # the same, at the highest threshold that finds 93 in 100
    calibration: float
    threshold: float


def read_pairs(path: Path, answers: Answers) -> Pairs:
    """The engine's file, each pair once."""
    found: dict[tuple[str, str], float] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one, other = row["id_l"], row["id_r"]
            if answers.duplicates:
                one, other = min(one, other), max(one, other)
                if one == other:
                    continue
            probability = float(row["match_probability"])
            found[one, other] = max(probability, found.get((one, other), 0.0))
    ordered = sorted(found.items(), key=lambda item: -item[1])
    pairs = [pair for pair, _ in ordered]
    return Pairs(
        [one for one, _ in pairs],
        [other for _, other in pairs],
        np.array([probability for _, probability in ordered], float),
        np.array([pair in answers.true for pair in pairs], bool),
    )


def score(pairs: Pairs, answers: Answers) -> Score:
    tuning = answers.tuning()
    of_tuning = np.array([answers.person[one] in tuning for one in pairs.left], bool)
    true_in_tuning = sum(answers.person[one] in tuning for one, _ in answers.true)
    threshold = best_threshold(pairs.true[of_tuning], pairs.probability[of_tuning], true_in_tuning)
    if answers.duplicates:
        kept = ~of_tuning & (pairs.probability >= threshold)
        good = int(pairs.true[kept].sum())
        top1, clustered = (
            f1(good, int(kept.sum()), len(answers.true) - true_in_tuning),
            best_clustered(pairs, answers, threshold),
        )
        false_new = at_recall = None
    else:
        top1, false_new, at_recall = top1_figures(pairs, answers, tuning, threshold)
        clustered = None
    return Score(
        len(pairs.left), top1, clustered, recall_at(pairs, len(answers.true), 0.99), recall_at(pairs, len(answers.true), 0.999),
        false_new, at_recall, calibration_error(pairs), threshold,
    )  # fmt: skip


def f1(good: int, said: int, true: int) -> float:
    """
    >>> f1(8, 10, 10)
    0.8
    """
    return 2 * good / (said + true) if good else 0.0


def best_threshold(true: Booleans, probability: Floats, expected: int) -> float:
    """The probability from which F1 is highest; a half when nothing was said."""
    if not len(true):
        return 0.5
    good = np.cumsum(true)
    return float(probability[int(np.argmax(2 * good / (np.arange(1, len(true) + 1) + expected)))])


def ends_of_ties(probability: Floats) -> Booleans:
    return np.append(probability[1:] != probability[:-1], True)


def recall_at(pairs: Pairs, expected: int, precision: float) -> float:
    """The share of the true pairs found while at least so many in what is said are true."""
    if not len(pairs.left):
        return 0.0
    good = np.cumsum(pairs.true)
    enough = np.flatnonzero(ends_of_ties(pairs.probability) & (good / np.arange(1, len(good) + 1) >= precision))
    return float(good[enough[-1]] / expected) if len(enough) else 0.0


def calibration_error(pairs: Pairs) -> float:
    """How far, on average, what is said is from what is so."""
    bins = np.minimum((pairs.probability * BINS).astype(int), BINS - 1)
    error = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            error += float(inside.mean()) * abs(
                float(pairs.probability[inside].mean()) - float(pairs.true[inside].mean())
            )
    return error


def best_of_each(pairs: Pairs) -> dict[str, tuple[float, bool, str]]:
    """Of each line: the probability of its best candidate, whether it is right, and who it is."""
    best: dict[str, tuple[float, bool, str]] = {}
    for one, other, probability, true in zip(pairs.left, pairs.right, pairs.probability, pairs.true, strict=True):
        best.setdefault(one, (float(probability), bool(true), other))
    return best


def top1_figures(pairs: Pairs, answers: Answers, tuning: set[str], threshold: float) -> tuple[float, float, float]:
    """F1, the share of new persons linked, and that share at the highest threshold whose recall is enough."""
    best = best_of_each(pairs)
    known = {one for one, _ in answers.true}
    judged = [line for line in answers.lines if answers.person[line] not in tuning]
    said = [(line, best[line]) for line in judged if line in best and best[line][0] >= threshold]
    good = sum(right for _line, (_probability, right, _who) in said)
    expected = sum(line in known for line in judged)
    new = max(1, len(judged) - expected)
    false_new = sum(line not in known for line, _ in said) / new
    ordered = sorted((best[line][0], best[line][1], line not in known) for line in judged if line in best)
    found = wrong = 0
    for _probability, right, is_new in reversed(ordered):
        found += right
        wrong += is_new
        if found >= WANTED_RECALL * expected:
            return f1(good, len(said), expected), false_new, wrong / new
    return f1(good, len(said), expected), false_new, 1.0


def best_clustered(pairs: Pairs, answers: Answers, threshold: float) -> float:
    return max(clustered(pairs, answers, at) for at in (threshold, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999))


def clustered(pairs: Pairs, answers: Answers, threshold: float) -> float:
    """F1 of the pairs once the linked are gathered: what staff finally sees as persons."""
    count = int((pairs.probability >= threshold).sum())
    made = good = 0
    for members in gathered(zip(pairs.left[:count], pairs.right[:count], strict=True)).values():
        made += len(members) * (len(members) - 1) // 2
        good += sum(size * (size - 1) // 2 for size in Counter(answers.person[member] for member in members).values())
    return f1(good, made, len(answers.true))


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """
    >>> sorted(gathered([("a", "b"), ("c", "d"), ("b", "e")]).values())
    [['a', 'b', 'e'], ['c', 'd']]
    """
    parent: dict[str, str] = {}

    def root(thing: str) -> str:
        while parent.setdefault(thing, thing) != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for one, other in pairs:
        parent[root(one)] = root(other)
    groups: dict[str, list[str]] = defaultdict(list)
    for thing in parent:
        groups[root(thing)].append(thing)
    return {first: sorted(members) for first, members in groups.items()}
