"""
Persons by what they studied: found under each of their studies, and never counted twice under one value.

What is chosen in several of these facets (class, level, degree, discipline, faculty) is asked of one and the same study:
whoever looks for the masters of 2014 does not mean a licence of 2014 that a master of 2016 followed.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import DECADE, FACET, STUDY_FACETS, Facet
from lierre.people.directory.sight import Counts, Flags, Sight

Codes = npt.NDArray[Any]
COUNTED: Final = (*STUDY_FACETS, DECADE)


def among(values: Codes, codes: Codes) -> Flags:
    """
    Whether each value is one of these.

    >>> among(np.array([3, 1, 2]), np.array([1, 3, -1])).tolist()
    [True, True, False]
    """
    if len(codes) == 1:
        one: Flags = values == codes[0]
        return one
    table = np.zeros(int(max(values.max(initial=0), codes.max(initial=0))) + 1, bool)
    table[codes[codes > 0]] = True
    flags: Flags = table[values]
    return flags


def passing(sight: Sight, facet: Facet, codes: Codes, part: Any) -> Flags:
    """Whether each person of a part has one of these codes, and shows it. Of studies: in the one they are shown with."""
    flags: Flags = sight.family(facet.family)[part] & among(sight.codes(facet)[part], codes)
    return flags


def passing_beside(sight: Sight, facet: Facet, codes: Codes) -> Flags:
    """The same of each further study."""
    flags: Flags = sight.further_shown & among(sight.further.codes[facet.name], codes)
    return flags


def having(sight: Sight, facet: Facet, codes: Codes) -> Flags:
    """Whether each person has one of these codes, in whatever study, and shows it."""
    found = passing(sight, facet, codes, slice(None))
    return found | sight.who_studied(passing_beside(sight, facet, codes)) if facet.of_study else found


class Chosen:
    """What was chosen of studies, laid over a part of the persons."""

    def __init__(self, sight: Sight, chosen: Mapping[str, Codes], part: Any) -> None:
        self.sight, self.part, self.chosen = sight, part, chosen
        self.first = {name: passing(sight, FACET[name], codes, part) for name, codes in chosen.items()}
        self.beside = {name: passing_beside(sight, FACET[name], codes) for name, codes in chosen.items()}

    def having(self) -> Flags:
        """Whether each person of the part has one study that says all of it."""
        first = reduce(np.logical_and, self.first.values())
        beside = self.sight.who_studied(reduce(np.logical_and, self.beside.values()))
        flags: Flags = first | beside[self.part]
        return flags

    def counts(self, persons: Flags, *, are_all: bool) -> Counts:
        """Among these of the part, how many for each value, as if nothing were chosen in that facet itself."""
        rows = self.sight.further_of(self.whole(persons))
        kept: dict[tuple[str, ...], tuple[Flags, Ids, Ids]] = {}
        counts = {}
        for facet in COUNTED:
            others = tuple(name for name in self.chosen if name != ("year" if facet is DECADE else facet.name))
            if are_all and not others:
                counts[facet.name] = self.sight.plain_counts[facet.name]
                continue
            if others not in kept:
                kept[others] = self.saying(others, persons, rows)
            first, ids, theirs = kept[others]
            counts[facet.name] = self.sight.tally(facet, ids, theirs, first if others else None)
        return counts

    def saying(self, names: Sequence[str], persons: Flags, rows: Ids) -> tuple[Flags, Ids, Ids]:
        """Those of the persons who say all this in the study they are shown with, as flags and numbers; the rows that do."""
        first = self.whole(reduce(np.logical_and, (self.first[name] for name in names), persons))
        said = reduce(np.logical_and, (self.beside[name][rows] for name in names), np.ones(len(rows), bool))
        return first, np.flatnonzero(first), rows[said]

    def whole(self, persons: Flags) -> Flags:
        """Flags of the part, as flags of everybody."""
        if isinstance(self.part, slice):
            return persons
        flags = np.zeros(self.sight.columns.size, bool)
        flags[self.part[persons]] = True
        return flags
