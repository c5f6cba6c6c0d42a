"""What one viewer sees of the columns: for each family of values, whether it exists, person by person."""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lierre.people.directory.bearers import Bearers
from lierre.people.directory.columns import Columns, Ids
from lierre.people.directory.facets import BANDS, FACETS, Facet
from lierre.people.directory.names import Wanted
from lierre.people.directory.viewer import Viewer
from lierre.people.fold.visibility import BITS

Flags = npt.NDArray[np.bool_]
Counts = dict[str, npt.NDArray[np.int64]]


class Sight:
    """Made once for viewers who are alike, and kept until something changes."""

    def __init__(self, columns: Columns, bearers: Bearers, viewer: Viewer, today: int) -> None:
        self.columns, self.bearers, self.viewer, self.today = columns, bearers, viewer, today
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
        columns, viewer = self.columns, self.viewer
        if viewer.everything:
            return columns.present
        flags = np.zeros(columns.size, bool)
        if not name:
            return flags
        for audience in viewer.audiences:
            both = BITS[audience, "name"] | BITS[audience, name]
            flags |= (columns.mask & both) == both
        both = BITS["class", "name"] | BITS["class", name]
        for year in viewer.years:
            mates = np.flatnonzero(columns.codes["year"] == year)
            flags[mates] |= (columns.mask[mates] & both) == both
        return flags

    @cached_property
    def freshness(self) -> npt.NDArray[Any]:
        """The band of each person, from 1: see `BANDS`."""
        ages = self.today - self.columns.heard.astype(np.int32)
        bounds = [days for days, _ in BANDS.values()][:-1]
        return (np.searchsorted(bounds, ages, side="right") + 1).astype(np.uint8)

    def codes(self, facet: Facet) -> npt.NDArray[Any]:
        return self.freshness if facet.kind == "freshness" else self.columns.codes[facet.name]

    @cached_property
    def plain_counts(self) -> Counts:
        """With nothing typed nor chosen: what every visit begins with, counted once."""
        ids = self.everybody
        return {facet.name: np.bincount(self.codes(facet)[ids] * self.family(facet.family)[ids], minlength=1)
                for facet in FACETS}  # fmt: skip

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
