"""
Where pairs come from: the one place that knows which engine looks for duplicates.

An engine is a function of nothing that gives pairs in their order, the lowest first, so that a search that was stopped
goes on where it was. `RULE` is its version: when it changes, everything is looked at again.
"""

from collections.abc import Iterator
from typing import Final

from lierre.people.duplicates import evidence
from lierre.people.duplicates.pair import Pair

RULE: Final = evidence.RULE


def pairs(after: tuple[int, int] = (0, 0)) -> Iterator[Pair]:
    """Every pair of the base that may be one person, after this one."""
    return evidence.pairs(after)
