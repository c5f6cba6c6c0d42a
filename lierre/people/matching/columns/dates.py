"""A column of dates, whole or partial, and a column of years."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.table import Values

YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/. ]?(\d{1,2})(?:[-/. ]?(\d{1,2}))?)?(?:[T ].*)?$")
DAY_FIRST: Final = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})(?:[T ].*)?$")


@lru_cache(maxsize=20_000)
def parsed(text: str) -> tuple[int, int, int]:
    """
    Year, month, day; 0 for what is not said.

    >>> parsed("1979-11-09"), parsed("19791109"), parsed("09/11/1979"), parsed("1979"), parsed("soon")
    ((1979, 11, 9), (1979, 11, 9), (1979, 11, 9), (1979, 0, 0), (0, 0, 0))
    """
    text = text.strip()
    if found := YEAR_FIRST.match(text):
        return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found := DAY_FIRST.match(text):
        return int(found[3]), int(found[2]), int(found[1] or 0)
    return 0, 0, 0


@dataclass
class Dates:
    codes: NDArray[np.int32]
    year: NDArray[np.int16]
    month: NDArray[np.int16]
    day: NDArray[np.int16]

    @classmethod
    def of(cls, values: Values) -> Self:
        found = np.array([parsed(value) for value in values.distinct] or [(0, 0, 0)], dtype=np.int16)
        return cls(values.codes, found[:, 0].copy(), found[:, 1].copy(), found[:, 2].copy())
