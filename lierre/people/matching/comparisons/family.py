"""Family names: of birth and of usage, double-barrelled, with or without particle, misspelt, changed by marriage."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.columns.naming import PARTS, Names
from lierre.people.matching.comparisons import MISSING, Agreement, Rows
from lierre.people.matching.comparisons.letters import alike, edits, heard_alike
from lierre.people.matching.side import Side

LEVELS: Final = ("different", "close", "initial", "edit", "sound", "part", "usage", "exact", "both")
DIFFERENT, CLOSE, INITIAL, EDIT, SOUND, PART, USAGE, EXACT, BOTH = range(9)
CONTEXTS: Final = ("", "man", "woman", "usage name known")


def compare(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Agreement | None:
    """The best agreement among the names of birth and of usage of both lines."""
    found: Agreement | None = None
    for one in (left.family, left.usage):
        for other in (right.family, right.usage):
            if one is not None and other is not None:
                exact = EXACT if (one is left.family) == (other is right.family) else USAGE
                tried = _compare(one, other, one.codes[l_rows], other.codes[r_rows], exact)
                found = tried if found is None else _best(found, tried)
    if found is not None:
        _both(found, left, right, l_rows, r_rows)
        found.context = _context(left, right, l_rows, r_rows)
    return found


def _context(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> NDArray[np.int64]:
    """A woman may have changed her name; when a second name is known, it may be either."""
    found = np.zeros(len(l_rows), dtype=np.int64)
    for side, rows in ((left, l_rows), (right, r_rows)):
        if side.gender is not None:
            found = np.maximum(found, side.gender[rows])
    for side, rows in ((left, l_rows), (right, r_rows)):
        if side.usage is not None:
            found[side.usage.core[side.usage.codes[rows]] != 0] = 3
    return found


def _best(one: Agreement, other: Agreement) -> Agreement:
    better = (other.levels > one.levels) | ((other.levels == one.levels) & (other.rarity > one.rarity))
    one.levels[better] = other.levels[better]
    one.rarity[better] = other.rarity[better]
    return one


def _compare(one: Names, other: Names, lc: Rows, rc: Rows, exact: int) -> Agreement:
    a, b = one.core[lc], other.core[rc]
    if not a.any() or not b.any():  # a line that comes alone often says no name of usage
        return Agreement.empty(len(lc), MISSING)
    found = Agreement.empty(len(lc))
    found.levels[(a == 0) | (b == 0)] = MISSING
    same = ((a == b) | (one.full[lc] == other.full[rc])) & (a != 0) & (b != 0)
    found.set(np.flatnonzero(same), exact, other.rarity[rc[same]])
    rest = np.flatnonzero(~same & (found.levels != MISSING))
    _letters(found, rest, one, other, lc[rest], rc[rest])
    several = rest[(one.parts[lc[rest], 1] != 0) | (other.parts[rc[rest], 1] != 0)]
    for rank in range(PARTS):
        for again in range(PARTS):
            p = one.parts[lc[several], rank]
            shared = (p == other.parts[rc[several], again]) & (p != 0)
            found.set(several[shared], PART, other.part_rarity[rc[several[shared]], again])
    return found


def _letters(found: Agreement, rest: Rows, one: Names, other: Names, lc: Rows, rc: Rows) -> None:
    x, y = one.text[lc], other.text[rc]
    near = alike(x, y, 0.7)
    found.levels[rest[near >= 0.88]] = CLOSE
    long = np.minimum(one.lengths[lc], other.lengths[rc])
    initial = (long == 1) & (one.initial[lc] == other.initial[rc])
    found.set(rest[initial], INITIAL)
    tried = np.flatnonzero((near >= 0.7) & (long >= 3))
    tried = tried[edits(x[tried], y[tried], 1) <= 1]
    found.set(rest[tried], EDIT, other.rarity[rc[tried]])
    asked = np.flatnonzero((near >= 0.7) & (long >= 3))
    heard = asked[heard_alike(x[asked], y[asked])]
    found.set(rest[heard], SOUND)


def _both(found: Agreement, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> None:
    """“Potestat-Gros” where the base has Potestat, married Gros: both names, not one part of a name."""
    for here, there, here_rows, there_rows in ((left, right, l_rows, r_rows), (right, left, r_rows, l_rows)):
        if here.family is None or there.family is None or there.usage is None:
            continue
        hc, f, u = here.family.codes[here_rows], there.family.codes[there_rows], there.usage.codes[there_rows]
        one, two = here.family.parts[hc, 0], here.family.parts[hc, 1]
        birth, usage = there.family.parts[f, 0], there.usage.parts[u, 0]
        married = np.where(usage == birth, there.usage.parts[u, 1], usage)
        both = (
            (two != 0)
            & (birth != married)
            & (((one == birth) & (two == married)) | ((two == birth) & (one == married)))
        )
        worth = np.maximum(there.family.rarity[f], 0) + there.usage.part_rarity[u, 0]
        found.set(np.flatnonzero(both), BOTH, worth[both].astype(np.float32))
