"""Who is left after what was chosen, and how many for each value of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import FACET, FACETS, Facet
from lierre.people.directory.sight import Counts, Flags, Sight

Chosen = Mapping[str, npt.NDArray[Any]]  # facet → codes, one of which the person must have


@dataclass(frozen=True, slots=True)
class Counted:
    """`counts[facet]`: how many for each code (0: nothing known), as if nothing were chosen in that facet itself."""

    ids: Ids
    counts: Counts


def count(sight: Sight, within: Ids | None, chosen: Chosen) -> Counted:
    """Among these persons, who must exist for the viewer; among everybody when `within` is None."""
    if not chosen and within is None:
        return Counted(sight.everybody, sight.plain_counts)
    part: Any = slice(None) if within is None else within
    kept = {name: passing(sight, FACET[name], codes, part) for name, codes in chosen.items()}
    start = sight.exists[part]
    hits = numbers(within, reduce(np.logical_and, kept.values(), start))
    counts = {}
    for facet in FACETS:
        others = [flags for name, flags in kept.items() if name != facet.name]
        if not others and within is None:
            counts[facet.name] = sight.plain_counts[facet.name]
            continue
        ids = hits if facet.name not in kept else numbers(within, reduce(np.logical_and, others, start))
        counts[facet.name] = np.bincount(sight.codes(facet)[ids] * sight.family(facet.family)[ids], minlength=1)
    return Counted(hits, counts)


def numbers(within: Ids | None, flags: Flags) -> Ids:
    found = np.flatnonzero(flags)
    return found if within is None else within[found]


def passing(sight: Sight, facet: Facet, codes: npt.NDArray[Any], part: Any) -> Flags:
    """Whether each person has one of these codes, and shows it."""
    values, shown = sight.codes(facet)[part], sight.family(facet.family)[part]
    if len(codes) == 1:
        wanted = values == codes[0]
    else:
        table = np.zeros(int(max(values.max(initial=0), codes.max(initial=0))) + 1, bool)
        table[codes[codes > 0]] = True
        wanted = table[values]
    flags: Flags = shown & wanted
    return flags
