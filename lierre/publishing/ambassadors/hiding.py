"""
Which units a number may be told of, so that it speaks of at least five persons, and that no subtraction finds fewer.

Plain Python. A unit is a path ("/UBN/SCT/LEMI/"); its number counts those of the unit and of all that hangs on it.
What anybody can compute from the numbers that are told are the *remainders*: a unit less the units told below it.
Each remainder counts nobody, or at least five persons. Every page reads the same answer: two readers who compare what
they see learn nothing more.
"""

from collections.abc import Iterable, Mapping
from typing import Final

FEWEST: Final = 5


def told(units: Iterable[str], persons: Mapping[str, int], fewest: int = FEWEST) -> dict[str, int]:
    """
    The units whose number may be told, with it. `persons`: how many in this very unit.

    Nobody hangs on the faculty itself, so six and nine would tell that the other laboratory has three:

    >>> told(["/U/", "/U/A/", "/U/B/"], {"/U/A/": 6, "/U/B/": 3})
    {'/U/': 9}
    >>> told(["/U/", "/U/A/", "/U/B/"], {"/U/A/": 6, "/U/B/": 7})
    {'/U/': 13, '/U/A/': 6, '/U/B/': 7}
    >>> told(["/U/", "/U/A/"], {"/U/": 1, "/U/A/": 3})
    {}
    """
    totals = {unit: sum(count for at, count in persons.items() if at.startswith(unit)) for unit in units}
    shown: dict[str, int] = {}
    rest: dict[str, int] = {}  # unit → its remainder
    for unit in sorted(totals, key=lambda path: (-path.count("/"), path)):
        if totals[unit] < fewest:
            continue
        while 0 < remainder(unit, totals[unit], shown) < fewest:
            # The smallest below is kept back: what it tells joins what must not be found.
            del shown[min(under(unit, shown), key=lambda path: (rest[path] == 0, totals[path], path))]
        rest[unit] = remainder(unit, totals[unit], shown)
        shown[unit] = totals[unit]
    return dict(sorted(shown.items()))


def remainder(unit: str, total: int, shown: Mapping[str, int]) -> int:
    return total - sum(shown[path] for path in under(unit, shown))


def under(unit: str, shown: Iterable[str]) -> list[str]:
    """The units told below this one, without those that are below another of them."""
    below = [path for path in shown if path != unit and path.startswith(unit)]
    return [path for path in below if not any(path != other and path.startswith(other) for other in below)]
