"""Answers as lessons: what the machine said of a pair, level by level, and what somebody said of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.models import Judgement, LineMatch, LineTwin, MatchingModel, SampledMatch, Suspicion
from lierre.people.reconciling.reasons import OTHERS, START, bits_of
from lierre.people.reconciling.taught import LINES, PAIRS, named

Floats = NDArray[np.float64]
MOST: Final = 5_000  # answers, the latest
# No answer teaches that a pair was surer than that: one slip of the finger would outweigh a hundred answers.
SUREST: Final = 10.0  # bits
SAME: Final = "same"


@dataclass(frozen=True, slots=True)
class Lesson:
    """`bits`: what the base alone says of the pair, without what answers had taught by then."""

    levels: frozenset[str]
    bits: float
    same: bool
    at: float = 0.0  # when it was answered, in seconds


@dataclass(frozen=True)
class Lessons:
    """Lessons as columns: which levels each has, in the order of `names`."""

    names: list[str]
    reached: Floats
    bits: Floats
    same: Floats
    at: Floats

    def __len__(self) -> int:
        return len(self.bits)

    @classmethod
    def of(cls, lessons: Sequence[Lesson]) -> "Lessons":
        names = sorted({level for each in lessons for level in each.levels})
        place = {name: at for at, name in enumerate(names)}
        reached = np.zeros((len(lessons), len(names)))
        for row, each in enumerate(lessons):
            reached[row, [place[level] for level in each.levels]] = 1
        bits = np.clip([each.bits for each in lessons], -SUREST, SUREST) if lessons else np.empty(0)
        same, at = (
            [float(value) for value in each] for each in ((one.same for one in lessons), (one.at for one in lessons))
        )
        return cls(names, reached, np.asarray(bits), np.array(same), np.array(at))

    def only(self, rows: NDArray[Any]) -> "Lessons":
        return Lessons(self.names, self.reached[rows], self.bits[rows], self.same[rows], self.at[rows])

    def told(self, adjustments: Mapping[str, float]) -> Floats:
        """The probability of each, with these bits more or less."""
        added = self.reached @ np.array([adjustments.get(name, 0.0) for name in self.names])
        bits = np.clip(self.bits + added + adjustments.get(START, 0.0), -SUREST, SUREST)
        return np.asarray(1 / (1 + np.exp2(-bits)))


def lessons_of(kind: str) -> Lessons:
    """Whatever was answered about lines of files, or about pairs of persons; what was taken back teaches nothing."""
    taught = {
        number: adjustments.get(kind, {})
        for number, adjustments in MatchingModel.objects.exclude(adjustments={}).values_list("pk", "adjustments")
    }
    answers = lines() if kind == LINES else pairs()
    return Lessons.of([
        lesson(weights, probability, taught.get(model or 0, {}), answer == SAME, at)
        for weights, probability, model, answer, at in answers
    ])  # fmt: skip


def lesson(
    weights: Iterable[Sequence[Any]], probability: float, taught: Mapping[str, float], same: bool, at: datetime | None
) -> Lesson:
    levels = frozenset(named(str(name), str(level)) for name, level, _bits in weights if name not in (START, OTHERS))
    learnt = sum(taught.get(level, 0.0) for level in levels) + taught.get(START, 0.0)
    return Lesson(levels, float(bits_of(np.array(probability))) - learnt, same, at.timestamp() if at else 0.0)


Answer = tuple[list[Any], float, int | None, str, datetime | None]
WHAT: Final = ("weights", "probability", "model_id", "answer")


def lines() -> Iterator[Answer]:
    """A pair of a sample that was also answered in its own time is one lesson: what was said without being told counts."""
    drawn = SampledMatch.objects.judged().order_by("-pk")
    sampled = list(drawn.values_list("match", *(f"match__{name}" for name in WHAT[:3]), "answer", "answered_at")[:MOST])
    yield from (each[1:] for each in {each[0]: each for each in sampled}.values())
    others = LineMatch.objects.answered().exclude(pk__in=[each[0] for each in sampled]).order_by("-answered_at")
    yield from others.values_list(*WHAT, "answered_at")[: MOST - len(sampled)]


def pairs() -> Iterator[Answer]:
    held = Judgement.objects.standing().decided().filter(contradicted_at=None, model__isnull=False)
    answers = {Suspicion.State.SAME.value, Suspicion.State.DIFFERENT.value}
    yield from held.filter(answer__in=answers).order_by("-pk").values_list(*WHAT, "at")[:MOST]
    yield from LineTwin.objects.exclude(answer="").order_by("-answered_at").values_list(*WHAT, "answered_at")[:MOST]


__all__ = ["LINES", "PAIRS", "Lesson", "Lessons", "lessons_of"]
