"""How likely it is that a position has changed since it was last said: learnt from testimonies that follow each other.

Plain Python. Two testimonies of the same person, some days apart, agree on the position or not. Gathered by how far
apart they are, they give the share that had changed; a share never falls with time, so neighbours that contradict this
are pooled (isotonic regression, by the pool-adjacent-violators algorithm). Where few are known, the share leans on an
assumption, which weighs as much as TRUSTED testimonies and less and less as they come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

# Days: half a year, one, two, three, five, ten years, beyond.
ENDS: Final = (183, 365, 730, 1095, 1826, 3652, 36_525)
A_YEAR: Final = 365.25
ASSUMED: Final = 0.15  # of positions change each year, as long as nothing was learnt
TRUSTED: Final = 25


@dataclass(frozen=True, slots=True)
class Band:
    """Testimonies at most `until` days apart, and more than the band before."""

    until: int
    pairs: int
    changed: int
    chance: float


@dataclass(frozen=True, slots=True)
class Hazard:
    bands: Sequence[Band]

    @classmethod
    def learn(cls, pairs: Iterable[tuple[int, bool]]) -> Self:
        """
        `pairs`: days between two testimonies, and whether the position had changed.

        >>> hazard = Hazard.learn([(400, False)] * 900 + [(400, True)] * 100)
        >>> round(hazard.chance(400), 2), hazard.pairs
        (0.1, 1000)
        >>> Hazard.learn([]).chance(0) < Hazard.learn([]).chance(800)
        True
        """
        counts = [[0, 0] for _ in ENDS]
        for days, changed in pairs:
            band = next((index for index, end in enumerate(ENDS) if days <= end), len(ENDS) - 1)
            counts[band][0] += 1
            counts[band][1] += changed
        leaning = [
            (changed + TRUSTED * assumed(index)) / (known + TRUSTED) for index, (known, changed) in enumerate(counts)
        ]
        chances = never_falling(leaning, [known + TRUSTED for known, _changed in counts])
        return cls(
            [
                Band(end, known, changed, chance)
                for end, (known, changed), chance in zip(ENDS, counts, chances, strict=True)
            ]
        )

    @property
    def pairs(self) -> int:
        return sum(band.pairs for band in self.bands)

    def chance(self, days: int) -> float:
        """
        Between two bands it goes straight from the middle of one to the middle of the other.

        >>> hazard = Hazard([Band(100, 1, 0, 0.2), Band(300, 1, 0, 0.4)])
        >>> hazard.chance(0), round(hazard.chance(50), 2), round(hazard.chance(125), 2), hazard.chance(9999)
        (0.0, 0.2, 0.3, 0.4)
        """
        before, chance_before, start = 0.0, 0.0, 0
        for band in self.bands:
            middle = (start + band.until) / 2
            if days <= middle:
                return chance_before + (band.chance - chance_before) * (max(0, days) - before) / (middle - before)
            before, chance_before, start = middle, band.chance, band.until
        return chance_before


def assumed(index: int) -> float:
    """Of a band of ENDS, in its middle, as long as nothing was learnt."""
    start = ENDS[index - 1] if index else 0
    return 1 - float((1 - ASSUMED) ** ((start + min(ENDS[index], 7305)) / 2 / A_YEAR))


def never_falling(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """
    The nearest values that never fall: neighbours that do are given their mean.

    >>> never_falling([0.1, 0.4, 0.2, 0.5], [1, 1, 3, 1])
    [0.1, 0.25, 0.25, 0.5]
    """
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, one_weight, one_size), (two, two_weight, two_size) = pools[-2:]
            whole = one_weight + two_weight
            pools[-2:] = [((one * one_weight + two * two_weight) / whole, whole, one_size + two_size)]
    return [value for value, _weight, size in pools for _ in range(size)]
