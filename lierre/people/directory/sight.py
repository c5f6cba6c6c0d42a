"""What one viewer sees of the columns: for each family of values, whether it exists, person by person."""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lierre.people.directory import circles
from lierre.people.directory.bearers import Bearers
from lierre.people.directory.columns import Columns, Ids
from lierre.people.directory.facets import BANDS, DECADE, FACETS, Facet
from lierre.people.directory.names import Wanted
from lierre.people.directory.viewer import Viewer
from lierre.people.fold.visibility import BITS

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Counts = dict[str, Numbers]


class Sight:
    """
    Made once for viewers who are alike, and kept until something changes.

    `plain` is what somebody of the same audiences sees who has neither class nor group. There are few of those, and
    nearly as many classes and groups as viewers: what these add is a few hundred persons, laid over what is shared.
    """

    def __init__(
        self, columns: Columns, bearers: Bearers, viewer: Viewer, today: int, plain: "Sight | None" = None
    ) -> None:
        self.columns, self.bearers, self.viewer, self.today, self.plain = columns, bearers, viewer, today, plain
        self.further = columns.further
        self._families: dict[str, Flags] = {}

    def family(self, name: str) -> Flags:
        """One flag per person. The nameless family is what only staff sees."""
        if name not in self._families:
            self._families[name] = self._flags(name)
        return self._families[name]

    @property
    def exists(self) -> Flags:
        return self.family("name")

    def _flags(self, name: str) -> Flags:
        columns = self.columns
        if self.viewer.everything:
            return columns.present
        if not name:
            return np.zeros(columns.size, bool)
        flags = self.plain.family(name).copy() if self.plain else self._shared(name)
        for audience, mates in self.mates.items():
            both = BITS[audience, "name"] | BITS[audience, name]
            flags[mates] |= (columns.mask[mates] & both) == both
        return flags

    def _shared(self, name: str) -> Flags:
        """What belongs to whole audiences."""
        flags = np.zeros(self.columns.size, bool)
        for audience in self.viewer.audiences:
            both = BITS[audience, "name"] | BITS[audience, name]
            flags |= (self.columns.mask & both) == both
        if name in self.viewer.lent and "name" in self.viewer.lent:
            flags |= (self.columns.mask & BITS["graduates", "name"]) != 0
        return flags

    @cached_property
    def mates(self) -> dict[str, Ids]:
        """Towards whom this viewer belongs to one audience more: those of their classes, those of their groups."""
        viewer, columns = self.viewer, self.columns
        found = {}
        if viewer.years:
            found["class"] = np.concatenate([np.flatnonzero(columns.codes["year"] == year) for year in viewer.years])
        if viewer.groups:
            members = np.fromiter(circles.members(viewer.groups).iterator(), np.int64)
            found["groups"] = np.unique(members[members < columns.size])
        return found

    @cached_property
    def freshness(self) -> npt.NDArray[Any]:
        """The band of each person, from 1: see `BANDS`."""
        if self.plain:
            return self.plain.freshness
        ages = self.today - self.columns.heard.astype(np.int32)
        bounds = [days for days, _ in BANDS.values()][:-1]
        return (np.searchsorted(bounds, ages, side="right") + 1).astype(np.uint8)

    def codes(self, facet: Facet) -> npt.NDArray[Any]:
        return self.freshness if facet.kind == "freshness" else self.columns.codes[facet.name]

    @cached_property
    def plain_counts(self) -> Counts:
        """With nothing typed nor chosen: what every visit begins with, counted once."""
        if self.plain is None:
            return self.counted(self.everybody)
        mates = np.unique(np.concatenate([np.zeros(0, np.int64), *self.mates.values()]))
        shared, theirs, mine = self.plain.plain_counts, self.plain.counted(mates), self.counted(mates)
        return {name: added(shared[name], mine[name], -theirs[name]) for name in shared}

    def counted(self, ids: Ids) -> Counts:
        """How many of these persons bear each value, among those who exist."""
        ids = ids[self.exists[ids]]
        flags = np.zeros(self.columns.size, bool)
        flags[ids] = True
        rows = self.further_of(flags)
        return {facet.name: self.tally(facet, ids, rows) for facet in (*FACETS, DECADE)}

    def tally(self, facet: Facet, ids: Ids, rows: Ids | None = None, counted: Flags | None = None) -> Numbers:
        """
        How many of these persons show each value. Of studies: in the one they are shown with, or in these further rows.

        `counted`: the same persons as flags, when the rows may be of others too.
        """
        counts = np.bincount(self.codes(facet)[ids] * self.family(facet.family)[ids], minlength=1)
        if rows is None or not len(rows) or not facet.of_study:
            return counts
        return added(counts, self.further.tally(facet.name, rows, self.columns.codes[facet.name], counted))

    @cached_property
    def further_shown(self) -> Flags:
        """Whether this viewer may know of each further study."""
        return self.family("study")[self.further.persons]

    def further_of(self, persons: Flags) -> Ids:
        """The further studies of these persons that this viewer may know of."""
        return np.flatnonzero(persons[self.further.persons] & self.further_shown)

    def who_studied(self, rows: Flags) -> Flags:
        """One flag per person: those whose further studies these are."""
        flags = np.zeros(self.columns.size, bool)
        flags[self.further.persons[rows]] = True
        return flags

    @cached_property
    def everybody(self) -> Ids:
        """The numbers of all persons who exist for this viewer."""
        return np.flatnonzero(self.exists)

    def among(self, ids: Ids) -> Ids:
        """Those of these persons who exist for this viewer."""
        known = ids[ids < self.columns.size]
        return known[self.exists[known]]

    def named(self, wanted: Wanted) -> Ids:
        """Those who bear these words, in names that this viewer may search: staff alone those of birth and before."""
        return self.among(self.bearers.named(wanted, self.viewer.everything))


def added(*counts: Numbers) -> Numbers:
    """
    Counts by code, each as long as its greatest code asks; without codes that nobody bears at the end.

    >>> added(np.array([1, 2, 3]), np.array([0, 5]), -np.array([0, 0, 3])).tolist()
    [1, 7]
    """
    total = np.zeros(max(map(len, counts)), np.int64)
    for each in counts:
        total[: len(each)] += each
    borne = np.flatnonzero(total)
    return total[: int(borne[-1]) + 1 if len(borne) else 1]
