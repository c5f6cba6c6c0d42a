"""Before and after, on answers that were held out: each is predicted from the others, never from itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from lierre.people.reconciling.estimate import Estimate
from lierre.people.reconciling.judged import Floats, Lessons
from lierre.people.reconciling.teaching import LEAST, LEAST_OF_EACH, fitted, log_loss

FOLDS: Final = 5
DRAWS: Final = 1_000
MOST_DRAWN: Final = 4_000_000  # numbers held at once
DOUBT: Final = (2.5, 97.5)
EDGES: Final = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Measures:
    """`loss`: bits by which each answer surprised it, on average. `gap`: between the chances told and what was answered."""

    loss: Estimate
    precision: Estimate | None
    recall: Estimate | None
    gap: Estimate


@dataclass(frozen=True, slots=True)
class Band:
    """Answers to which nearly the same chances were told."""

    low: float
    high: float
    answers: int
    said: float
    same: Estimate


@dataclass(frozen=True, slots=True)
class Trial:
    """`gain`: bits of surprise that each answer would spare, on average; below zero, it would err more."""

    answers: int
    before: Measures
    after: Measures
    gain: Estimate
    bands_before: list[Band]
    bands_after: list[Band]

    @property
    def is_better(self) -> bool | None:
        """None when the answers cannot tell."""
        return None if self.gain.low <= 0 <= self.gain.high else self.gain.value > 0

    def described(self) -> dict[str, Any]:
        return {"answers": self.answers, **{name: asdict(getattr(self, name)) for name in ("before", "after", "gain")}}


def teaches(lessons: Lessons) -> bool:
    """Whether there are enough of them, of both kinds, to measure anything."""
    same = int(lessons.same.sum())
    return len(lessons) >= LEAST and min(same, len(lessons) - same) >= LEAST_OF_EACH


def tried(lessons: Lessons, in_force: Mapping[str, float], sure_from: float, since: float = 0.0) -> Trial:
    """
    What is in force, then what these answers would teach: five times, on the fifth that was not looked at.

    Only on answers given `since`: those before have taught what is in force, which would be flattered by them.
    """
    fresh = np.flatnonzero(lessons.at >= since)
    tests = lessons.only(fresh)
    before, after, same = tests.told(in_force), np.zeros(len(tests)), tests.same
    turn = np.random.default_rng(5).permutation(len(tests)) % FOLDS
    for fold in range(FOLDS):
        held = turn == fold
        if held.any():
            learnt = np.ones(len(lessons), dtype=bool)
            learnt[fresh[held]] = False
            after[held] = tests.only(held).told(fitted(lessons.only(learnt)))
    draws = drawn(len(tests))
    spared = log_loss(before, same) - log_loss(after, same)
    return Trial(
        len(tests), measured(before, same, sure_from, draws), measured(after, same, sure_from, draws),
        mean(spared, np.ones(len(spared)), draws), bands(before, same), bands(after, same),
    )  # fmt: skip


def drawn(size: int) -> Floats:
    """How many times each answer stands in each draw of what others might have answered."""
    draws = max(50, min(DRAWS, MOST_DRAWN // max(size, 1)))
    return np.random.default_rng(7).poisson(1, (draws, size)).astype(np.float64)


def measured(chances: Floats, same: Floats, sure_from: float, draws: Floats) -> Measures:
    sure = (chances >= sure_from).astype(np.float64)
    every = np.ones(len(same))
    return Measures(
        mean(log_loss(chances, same), every, draws),
        mean(same, sure, draws) if sure.any() else None,
        mean(sure, same, draws) if same.any() else None,
        gap(chances, same, draws),
    )


def mean(values: Floats, weights: Floats, draws: Floats) -> Estimate:
    """Of the values that weigh, with what other draws of the answers would have given."""
    found = (draws @ (values * weights)) / np.maximum(draws @ weights, 1e-9)
    return between(float((values * weights).sum() / weights.sum()), found)


def gap(chances: Floats, same: Floats, draws: Floats) -> Estimate:
    """Band by band, the mean of the chances against the share of the same, each band for its answers."""
    place = np.searchsorted(EDGES, chances, "right") - 1
    apart, said = 0.0, np.zeros(len(draws))
    for at in range(len(EDGES)):
        here = place == at
        if here.any():
            apart += abs(float((chances - same)[here].sum()))
            said += np.abs(draws[:, here] @ (chances - same)[here])
    return between(apart / len(same), said / draws.sum(axis=1))


def between(value: float, found: Floats) -> Estimate:
    low, high = np.percentile(found, DOUBT)
    return Estimate(value, min(float(low), value), max(float(high), value))


def bands(chances: Floats, same: Floats) -> list[Band]:
    upper = (*EDGES[1:], 1.0)
    place = np.searchsorted(EDGES, chances, "right") - 1
    found = []
    for at, (low, high) in enumerate(zip(EDGES, upper, strict=True)):
        here = place == at
        if count := int(here.sum()):
            yes = int(same[here].sum())
            likely = np.random.default_rng(7).beta(yes + 0.5, count - yes + 0.5, DRAWS)
            found.append(Band(low, high, count, float(chances[here].mean()), between(yes / count, likely)))
    return found
