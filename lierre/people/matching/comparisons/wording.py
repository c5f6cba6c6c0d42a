"""Employers, cities, degrees, addresses, codes: the same, nearly the same, or sharing words that few use."""

from typing import Final

import numpy as np

from lierre.people.matching.columns.wording import KEPT, Words
from lierre.people.matching.comparisons import MISSING, Agreement, Rows
from lierre.people.matching.comparisons.letters import alike, edits

LEVELS: Final = ("different", "some words", "most words", "edit", "other level", "about", "exact")
EDITED: Final = 2  # letters
DIFFERENT, SOME, MOST, EDIT, OTHER_LEVEL, ABOUT, EXACT = range(7)


def compare(one: Words, other: Words, l_rows: Rows, r_rows: Rows) -> Agreement:
    lc, rc = one.codes[l_rows], other.codes[r_rows]
    a, b = one.whole[lc], other.whole[rc]
    found = Agreement.empty(len(lc))
    found.levels[(a == 0) | (b == 0)] = MISSING
    rest = np.flatnonzero((a != b) & (found.levels != MISSING))
    _words(found, rest, one, other, lc[rest], rc[rest])
    tried = rest[np.abs(one.lengths[lc[rest]] - other.lengths[rc[rest]]) <= EDITED]
    tried = tried[alike(one.text[lc[tried]], other.text[rc[tried]], 0.8) >= 0.8]
    tried = tried[edits(one.text[lc[tried]], other.text[rc[tried]], EDITED) <= EDITED]
    found.set(tried, EDIT, other.rarity[rc[tried]])
    about = rest[(one.about[lc[rest]] == other.about[rc[rest]]) & (one.about[lc[rest]] != 0)]
    found.set(about, ABOUT, other.about_rarity[rc[about]])
    mine, theirs = one.reached[lc[about]], other.reached[rc[about]]
    found.levels[about[(mine != 0) & (theirs != 0) & (mine != theirs)]] = OTHER_LEVEL
    vague = rest[(one.about[lc[rest]] == 0) | (other.about[rc[rest]] == 0)]  # “Licence”, without saying of what
    found.set(vague, MISSING, np.zeros(len(vague), dtype=np.float32))
    same = np.flatnonzero((a == b) & (a != 0))
    found.set(same, EXACT, other.rarity[rc[same]])
    return found


def _words(found: Agreement, rest: Rows, one: Words, other: Words, lc: Rows, rc: Rows) -> None:
    """The rarity of the words in common, against that of all the words."""
    shared = np.zeros(len(rest), dtype=np.float32)
    theirs = [other.parts[rc, rank] for rank in range(KEPT)]
    theirs = [part for part in theirs if part.any()]
    for rank in range(KEPT):
        mine = one.parts[lc, rank]
        if not mine.any():
            break
        here = np.zeros(len(rest), dtype=bool)
        for part in theirs:
            here |= mine == part
        here &= mine != 0
        shared += np.where(here, one.part_rarity[lc, rank], 0)
    total = one.part_rarity.sum(axis=1)[lc] + other.part_rarity.sum(axis=1)[rc] - shared
    ratio = shared / np.maximum(total, 0.001)
    found.set(rest[ratio >= 0.2], SOME, shared[ratio >= 0.2])
    found.set(rest[ratio >= 0.55], MOST, shared[ratio >= 0.55])


def compare_same(one: Words, other: Words, l_rows: Rows, r_rows: Rows) -> Agreement:
    """Same or not: a gender."""
    a, b = one.whole[one.codes[l_rows]], other.whole[other.codes[r_rows]]
    found = Agreement.empty(len(a))
    found.levels[a == b] = 1
    found.levels[(a == 0) | (b == 0)] = MISSING
    return found
