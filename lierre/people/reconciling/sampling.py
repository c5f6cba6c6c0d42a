"""How often is the machine wrong? Pairs drawn by stratum of probability, judged, and what they say with its doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import LineMatch, MatchingSample, SampledMatch
from lierre.people.reconciling.estimate import Estimate

PAIRS: Final = 200
EDGES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
DRAWS: Final = 4_000
# Of a hundred draws of what may be true, the middle ninety-five.
DOUBT: Final = (2.5, 97.5)
# What is proposed to be linked alone is right so often, even at the lower end of the doubt.
RIGHT: Final = 0.99
LEAST_JUDGED: Final = 5


def drawable() -> Any:
    """Lines that are in the base, with whom they most resemble."""
    return LineMatch.objects.best().filter(delivery__imported__state="applied")


def draw(*, by: Any, seed: int | None = None) -> MatchingSample:
    """As many of each stratum as can be, so that the rare ones are judged too."""
    upper = (*EDGES[1:], 1.01)
    strata = [Q(probability__gte=low, probability__lt=high) for low, high in zip(EDGES, upper, strict=True)]
    sizes = drawable().aggregate(**{f"s{at}": Count("pk", filter=one) for at, one in enumerate(strata)})
    populations = [sizes[f"s{at}"] for at in range(len(EDGES))]
    if not any(populations):
        raise Refused(_("No line in the base resembles anybody yet: apply an import that was matched first."))
    chance = np.random.default_rng(seed)
    chosen: list[tuple[int, int]] = []
    for at, count in enumerate(shares(populations, PAIRS)):
        numbers = np.array(drawable().filter(strata[at]).order_by("pk").values_list("pk", flat=True), dtype=np.int64)
        chosen += [(int(number), at) for number in chance.choice(numbers, count, replace=False)] if count else []
    places = chance.permutation(len(chosen)).tolist()
    with transaction.atomic():
        sample = MatchingSample.objects.create(
            strata=[list(pair) for pair in zip(EDGES, populations, strict=True)], by_name=str(by)[:200]
        )
        SampledMatch.objects.bulk_create(
            SampledMatch(sample=sample, match_id=number, stratum=at, place=place + 1)
            for (number, at), place in zip(chosen, places, strict=True)
        )
        record("matching.drawn", sample, by=by, pairs=len(chosen))
    return sample


def shares(populations: Sequence[int], total: int) -> list[int]:
    """
    The same for each, as far as each has enough.

    >>> shares([10, 0, 500, 500], 200)
    [10, 0, 95, 95]
    """
    found = [0] * len(populations)
    left = total
    for rank, at in enumerate(sorted(range(len(populations)), key=lambda at: populations[at])):
        found[at] = min(populations[at], left // (len(populations) - rank))
        left -= found[at]
    return found


@dataclass(frozen=True, slots=True)
class Stratum:
    """`said`: the mean probability of those judged; `same`: of so many `judged`."""

    low: float
    high: float
    population: int
    judged: int
    same: int
    said: float
    found: Estimate | None


@dataclass(frozen=True, slots=True)
class Quality:
    """What the judgements of one sample say. `link_from`: from where linking alone is right often enough, when it is known."""

    strata: list[Stratum]
    precision: Estimate | None
    recall: Estimate | None
    calibration: float | None
    link_from: float | None


def measured(sample: MatchingSample, link_from: float) -> Quality:
    """Precision and recall of what is linked alone from there, each stratum counting for all the lines it stands for."""
    tallies = np.zeros((len(sample.strata), 3))
    for at, answer, probability in sample.pairs.judged().values_list("stratum", "answer", "match__probability"):
        tallies[at] += (1, answer == LineMatch.Answer.SAME, probability)
    populations = np.array([size for _low, size in sample.strata], dtype=np.float64)
    judged, same = tallies[:, 0], tallies[:, 1]
    drawn = np.random.default_rng(7).beta(same + 0.5, judged - same + 0.5, (DRAWS, len(populations)))
    shares_found = np.where(judged > 0, same / np.maximum(judged, 1), 0.0)
    lows = [low for low, _size in sample.strata]
    known = (judged > 0) | (populations == 0)
    alone = np.array(lows) >= link_from - 1e-9
    enough = bool(judged.sum()) and bool(known.all())
    return Quality(
        strata=[stratum(at, lows, populations, tallies, drawn) for at in range(len(lows))],
        precision=ratio(shares_found, drawn, populations * alone, populations * alone, plain=True) if enough else None,
        recall=ratio(shares_found, drawn, populations * alone, populations, plain=False) if enough else None,
        calibration=calibration(tallies, populations) if enough else None,
        link_from=proposed(lows, populations, drawn) if enough else None,
    )


def stratum(at: int, lows: list[float], populations: Any, tallies: Any, drawn: Any) -> Stratum:
    judged, same, said = tallies[at]
    found = None
    if judged:
        low, high = np.percentile(drawn[:, at], DOUBT)
        found = Estimate(same / judged, float(min(low, same / judged)), float(max(high, same / judged)))
    high_edge = lows[at + 1] if at + 1 < len(lows) else 1.0
    return Stratum(
        lows[at], high_edge, int(populations[at]), int(judged), int(same), said / judged if judged else 0.0, found
    )


def ratio(found: Any, drawn: Any, above: Any, below: Any, *, plain: bool) -> Estimate | None:
    """Of the lines `below`, or of those of them that are of one person, how many are `above` and of one person."""

    def of(shares_of_same: NDArray[np.float64]) -> Any:
        whole = below.sum() if plain else (shares_of_same * below).sum(axis=-1)
        return (shares_of_same * above).sum(axis=-1) / np.maximum(whole, 1e-9)

    if not below.sum():
        return None
    low, high = np.percentile(of(drawn), DOUBT)
    value = float(of(found))
    return Estimate(value, float(min(low, value)), float(max(high, value)))


def calibration(tallies: Any, populations: Any) -> float:
    """By how much probabilities are wrong, on average over the lines."""
    some = tallies[:, 0] > 0
    gap = np.abs(tallies[some, 2] - tallies[some, 1]) / tallies[some, 0]
    return float((gap * populations[some]).sum() / populations[some].sum())


def proposed(lows: list[float], populations: Any, drawn: Any) -> float | None:
    """The lowest edge from which linking alone is right often enough, at the lower end of the doubt."""
    for at in range(len(lows)):
        size = populations[at:].sum()
        if size and np.percentile((drawn[:, at:] * populations[at:]).sum(axis=1) / size, DOUBT[0]) >= RIGHT:
            return lows[at]
    return None
