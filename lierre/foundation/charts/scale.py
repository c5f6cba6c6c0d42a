"""From values to places: round graduations, and how far along an axis a value stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


def nice_step(span: float, count: int = 4) -> float:
    """
    The step that cuts `span` in about `count` parts, and that people count by: 1, 2 or 5 times a power of ten.

    >>> nice_step(100), nice_step(7), nice_step(0.9), nice_step(61_200)
    (50, 2, 0.5, 20000)
    """
    rough = span / count
    size: float = 10 ** floor(log10(rough))
    step = next(factor * size for factor in (1, 2, 5, 10) if rough <= factor * size * 1.0000001)
    return round(step, 12) if step < 1 else step


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`, both round."""

    low: float
    high: float
    step: float

    @classmethod
    def over(cls, values: Iterable[float], from_zero: bool = True) -> "Scale":
        """
        The axis that holds these values. A bar is read from zero; a line may begin higher.

        >>> Scale.over([58, 71], from_zero=False)
        Scale(low=55, high=75, step=5)
        >>> Scale.over([3, 61_200]).high
        80000
        >>> Scale.over([]), Scale.over([0])
        (Scale(low=0, high=1, step=1), Scale(low=0, high=1, step=1))
        """
        found = [value for value in values if isfinite(value)]
        if from_zero or not found:
            found.append(0)
        low, high = min(found), max(found)
        if low == high:
            return cls(floor(low) - (low != 0), floor(low) + 1, 1)
        step = nice_step(high - low)
        return cls(tidy(floor(low / step) * step), tidy(ceil(high / step) * step), step)

    @property
    def ticks(self) -> list[float]:
        """
        >>> Scale(55, 75, 5).ticks
        [55, 60, 65, 70, 75]
        """
        count = round((self.high - self.low) / self.step)
        return [tidy(self.low + index * self.step) for index in range(count + 1)]

    def share(self, value: float) -> float:
        """
        How far along the axis: 0 at its beginning, 1 at its end, never outside.

        >>> Scale(0, 80, 20).share(20), Scale(0, 80, 20).share(100)
        (0.25, 1.0)
        """
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def tidy(value: float) -> float:
    """Without the dust of binary fractions; whole numbers whole."""
    rounded = round(value, 10)
    return int(rounded) if rounded == int(rounded) else rounded


def at(place: float) -> str:
    """
    A place as SVG writes it, whatever the language of the page.

    >>> at(33.33333), at(50.0), at(-0.0001)
    ('33.33', '50', '0')
    """
    text = f"{place:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def percent(share: float) -> str:
    """
    >>> percent(0.125)
    '12.5%'
    """
    return f"{at(share * 100)}%"
