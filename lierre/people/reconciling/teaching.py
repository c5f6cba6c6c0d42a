"""
What answers teach: bits more or less at each level of agreement, drawn towards what the base says alone.

Plain Python on columns: a level that few answers reached hardly moves, and one that is always right or always wrong does.
"""

from typing import Final

import numpy as np

from lierre.people.reconciling.judged import SUREST, Floats, Lessons
from lierre.people.reconciling.taught import START

LEAST: Final = 50  # answers, before anything is proposed
LEAST_OF_EACH: Final = 10  # that it is the same person, and that it is not
# How far answers may go from the base before many of them are needed, in bits.
DOUBT: Final = 1.0
TURNS: Final = 40
ENOUGH: Final = 1e-6
TOLD_FROM: Final = 0.005  # bits
NATURAL: Final = float(np.log(2))


def fitted(lessons: Lessons) -> dict[str, float]:
    """
    The adjustments that make these answers most likely, and that the base believes: logistic regression by Newton's
    method, around the bits of the base, with a normal prior on what is added to each level.

    >>> one = Lessons(["city different"], np.ones((40, 1)), np.zeros(40), np.array([1.0] * 36 + [0.0] * 4), np.zeros(40))
    >>> found = fitted(one)
    >>> 2 < found["city different"] + found["start"] < 3.2
    True
    """
    columns = np.hstack([lessons.reached, np.ones((len(lessons), 1))])
    prior = np.full(columns.shape[1], DOUBT**-2)
    added = np.zeros(columns.shape[1])
    for _turn in range(TURNS):
        step = newton(columns, lessons, added, prior)
        size = 1.0
        while size > ENOUGH and penalty(columns, lessons, added + size * step, prior) > penalty(
            columns, lessons, added, prior
        ):
            size /= 2
        added += size * step
        if np.abs(size * step).max(initial=0) < ENOUGH:
            break
    bits = dict(zip([*lessons.names, START], added.tolist(), strict=True))
    return {name: round(worth, 3) for name, worth in bits.items() if abs(worth) >= TOLD_FROM}


def newton(columns: Floats, lessons: Lessons, added: Floats, prior: Floats) -> Floats:
    chances = 1 / (1 + np.exp2(-(lessons.bits + columns @ added)))
    slope = NATURAL * columns.T @ (chances - lessons.same) + prior * added
    bend = NATURAL**2 * (columns * (chances * (1 - chances))[:, None]).T @ columns + np.diag(prior)
    return np.asarray(-np.linalg.solve(bend, slope))


def penalty(columns: Floats, lessons: Lessons, added: Floats, prior: Floats) -> float:
    bits = lessons.bits + columns @ added
    signed = np.where(lessons.same > 0, bits, -bits)
    return float(np.logaddexp2(0, -signed).sum() * NATURAL + (prior * added**2).sum() / 2)


def log_loss(chances: Floats, same: Floats) -> Floats:
    """
    In bits, answer by answer: 1 for a guess, 0 for whoever knows.

    >>> log_loss(np.array([0.5, 0.999]), np.array([1.0, 1.0])).round(2).tolist()
    [1.0, 0.0]
    """
    floor = 1 / (1 + 2**SUREST)
    right = np.clip(np.where(same > 0, chances, 1 - chances), floor, 1 - floor)
    return np.asarray(-np.log2(right))
