"""Two lines of one import that may be one person: once all were read, the later one joins the earlier, or waits."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np

from lierre.people.importing.lines import name_of
from lierre.people.importing.stage import Staged, slices, unpacked
from lierre.people.importing.verdicts import Outcome, Verdicts
from lierre.people.json_text import parsed
from lierre.people.matching.keys import LIKENESS
from lierre.people.reconciling.newcomers import Newcomers
from lierre.people.reconciling.twins import Twins

LINES_AT_ONCE: Final = 5_000


def settle(verdicts: Verdicts, twins: Twins, newcomers: Newcomers) -> list[int]:
    """
    Change what was decided, in place: every line of a person goes with the line that made them.

    Gives the ranks of the lines that somebody is asked about. New persons are numbered again, without a gap.
    """
    if not twins.joined and not twins.asked:
        return []
    for place in twins.joined:
        verdicts.links[newcomers.ranks[place]] = LIKENESS
    renamed(verdicts, {newcomers.persons[one]: newcomers.persons[other] for one, other in twins.joined.items()})
    theirs = np.isin(verdicts.persons, [newcomers.persons[place] for place in sorted(twins.asked)])
    asked = np.flatnonzero(theirs & (verdicts.outcomes == Outcome.NEW))
    verdicts.outcomes[asked], verdicts.persons[theirs] = Outcome.TO_DECIDE, 0
    number_again(verdicts)
    return asked.tolist()


def renamed(verdicts: Verdicts, names: Mapping[int, int]) -> None:
    """
    >>> found = Verdicts(np.array([-1, 7, -2, -3]), np.full(4, 3, dtype=np.uint8), np.zeros(4, dtype=np.uint8))
    >>> renamed(found, {-3: -1})
    >>> found.persons.tolist()
    [-1, 7, -2, -1]
    """
    new = np.flatnonzero(verdicts.persons < 0)
    after = -np.arange(1 - int(verdicts.persons.min(initial=0)))
    for one, other in names.items():
        after[-one] = other
    verdicts.persons[new] = after[-verdicts.persons[new]]


def number_again(verdicts: Verdicts) -> None:
    """
    >>> found = Verdicts(np.array([-1, 7, -3, -3]), np.array([3, 5, 3, 3], dtype=np.uint8), np.zeros(4, dtype=np.uint8))
    >>> number_again(found)
    >>> found.persons.tolist()
    [-1, 7, -2, -2]
    """
    new = np.flatnonzero(verdicts.persons < 0)
    _numbers, place = np.unique(-verdicts.persons[new], return_inverse=True)
    verdicts.persons[new] = -1 - place


def staged_at(path: Path, ranks: list[int]) -> Iterator[tuple[int, Staged, str]]:
    """What was understood of the lines at these ranks, and their names."""
    wanted = set(ranks)
    for first, lines in slices(path, LINES_AT_ONCE):
        for rank, line in enumerate(lines, first):
            if rank in wanted:
                staged = unpacked(line)
                yield rank, staged, name_of(parsed(staged.facts))
