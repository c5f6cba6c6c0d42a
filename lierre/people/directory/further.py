"""The studies that persons have beside the one they are shown with, so that each is found under every degree they hold."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from lierre.people.directory.facets import LAST_YEAR, STUDY_FACETS, YEARS_IN_A_DECADE
from lierre.people.directory.lexicon import LEVEL_CODE, Lexicon

Ids = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]
NAMES: Final = ("decade", *(facet.name for facet in STUDY_FACETS))
# As rows are read: see `reading.py`.
ROW: Final = ("person_id", *(facet.column for facet in STUDY_FACETS))
HALF: Final = 32  # bits: of a key made of a person and a code


class Further:
    """
    One row per study, in the order of persons: about forty bytes each, and most persons have none.

    Nothing in it ever changes: another takes its place, so that whoever is counting goes on with what they began with.
    """

    def __init__(self, persons: Ids, codes: Mapping[str, Numbers]) -> None:
        self.persons, self.codes = persons, codes
        several = persons[1:] == persons[:-1]
        # Of persons with several rows, two of which may say the same.
        self.crowded: Flags = np.zeros(len(persons), bool)
        self.crowded[1:] |= several
        self.crowded[:-1] |= several

    @classmethod
    def none(cls) -> Self:
        return cls(np.zeros(0, np.int64), {name: np.zeros(0, np.int32) for name in NAMES})

    def put(self, changed: Ids, rows: Sequence[Sequence[Any]], lexicons: Mapping[str, Lexicon]) -> Self:
        """With these rows in place of all that the changed persons had."""
        stay = ~np.isin(self.persons, changed)
        if stay.all() and not rows:
            return self
        ids, codes = encoded(rows, lexicons)
        persons = np.concatenate([self.persons[stay], ids])
        order = np.argsort(persons, kind="stable")
        held = {name: np.concatenate([self.codes[name][stay], codes[name]])[order] for name in NAMES}
        return type(self)(persons[order], held)

    def tally(self, name: str, rows: Ids, first: Numbers, counted: Flags | None = None) -> npt.NDArray[np.int64]:
        """
        How many persons have each value in these rows, and are not counted for it already.

        `first`: the code of each person in the study they are shown with; `counted`: those for whom it counts, all when None.

        >>> held = Further(np.array([1, 1, 2]), {"level": np.array([3, 3, 2])})
        >>> held.tally("level", np.arange(3), np.array([0, 1, 2])).tolist()
        [0, 0, 0, 1]
        """
        persons, codes = self.persons[rows], self.codes[name][rows]
        already = first[persons] == codes
        if counted is not None:
            already &= counted[persons]
        news = (codes > 0) & ~already
        crowded = news & self.crowded[rows]
        pairs = np.unique((persons[crowded] << HALF) | codes[crowded])
        once = np.concatenate([codes[news & ~crowded], pairs & ((1 << HALF) - 1)])
        return np.bincount(once, minlength=1)


def encoded(rows: Sequence[Sequence[Any]], lexicons: Mapping[str, Lexicon]) -> tuple[Ids, dict[str, Numbers]]:
    ids, *columns = list(zip(*rows, strict=True)) or [()] * len(ROW)
    codes: dict[str, Numbers] = {}
    for facet, said in zip(STUDY_FACETS, columns, strict=True):
        if facet.kind == "term":
            codes[facet.name] = lexicons[facet.name].encode(said)
        elif facet.kind == "level":
            codes["level"] = np.array([LEVEL_CODE.get(level, 0) for level in said], np.int32)
        else:
            codes["year"] = np.array([year if 0 < year < LAST_YEAR else 0 for year in said], np.int32)
    codes["decade"] = codes["year"] // YEARS_IN_A_DECADE
    return np.array(ids, np.int64), codes
