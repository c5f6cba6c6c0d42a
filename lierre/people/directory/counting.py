"""Who is left after what was chosen, and how many for each value of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lierre.people.directory import studies
from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import FACET, FACETS
from lierre.people.directory.sight import Counts, Flags, Sight

Chosen = Mapping[str, npt.NDArray[Any]]  # facet → codes, one of which the person must have
STUDY: Final = "study"


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
    kept, studied = laid_over(sight, chosen, part)
    start = sight.exists[part]
    hits = numbers(within, reduce(np.logical_and, kept.values(), start))
    counts = {}
    for facet in FACETS:
        if facet.of_study:
            continue
        others = [flags for name, flags in kept.items() if name != facet.name]
        if not others and within is None:
            counts[facet.name] = sight.plain_counts[facet.name]
            continue
        ids = hits if facet.name not in kept else numbers(within, reduce(np.logical_and, others, start))
        counts[facet.name] = sight.tally(facet, ids)
    others = [flags for name, flags in kept.items() if name != STUDY]
    are_all = not others and within is None
    return Counted(hits, counts | studied.counts(reduce(np.logical_and, others, start), are_all=are_all))


def reached(sight: Sight, within: Ids | None, chosen: Chosen) -> int:
    """How many are left, when nothing else is asked."""
    part: Any = slice(None) if within is None else within
    kept, _ = laid_over(sight, chosen, part)
    return int(np.count_nonzero(reduce(np.logical_and, kept.values(), sight.exists[part])))


def laid_over(sight: Sight, chosen: Chosen, part: Any) -> tuple[dict[str, Flags], studies.Chosen]:
    """Which persons of a part each choice leaves; those of studies are one choice, of one study."""
    of_study = {name: codes for name, codes in chosen.items() if FACET[name].of_study}
    studied = studies.Chosen(sight, of_study, part)
    kept = {
        name: studies.passing(sight, FACET[name], codes, part) for name, codes in chosen.items() if name not in of_study
    }
    if of_study:
        kept[STUDY] = studied.having()
    return kept, studied


def numbers(within: Ids | None, flags: Flags) -> Ids:
    found = np.flatnonzero(flags)
    return found if within is None else within[found]
