"""Given names: several, an initial, a short form, the second used as the first, given and family names swapped."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.columns.naming import PARTS, Names
from lierre.people.matching.comparisons import MISSING, Agreement, Rows
from lierre.people.matching.comparisons.letters import alike, edits, heard_alike
from lierre.people.matching.frequencies import Rarity
from lierre.people.matching.hashing import Numbers, hashes, joined
from lierre.people.matching.names.forms import short_forms
from lierre.people.matching.side import Side

LEVELS: Final = (
    "different",
    "close",
    "initial",
    "beginning",
    "edit",
    "sound",
    "short",
    "second",
    "part",
    "crossed",
    "swapped",
    "exact",
    "all",
)
DIFFERENT, CLOSE, INITIAL, BEGINNING, EDIT, SOUND, SHORT, SECOND, PART, CROSSED, SWAPPED, EXACT, ALL = range(13)


@cache
def short_pairs() -> Numbers:
    """Every pair of names that may stand for one another, as one number each, sorted."""
    one, other = zip(*((name, form) for name, forms in short_forms().items() for form in forms), strict=True)
    plain = [[text.replace("-", "") for text in side] for side in (one, other)]
    return np.unique(joined(1, hashes(plain[0]), hashes(plain[1])))


def among(numbers: Numbers, known: Numbers) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    return found


def compare(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Agreement | None:
    one, other = left.given, right.given
    if one is None or other is None:
        return None
    lc, rc = one.codes[l_rows], other.codes[r_rows]
    a, b = one.first[lc], other.first[rc]
    found = Agreement.empty(len(lc))
    found.levels[(a == 0) | (b == 0)] = MISSING
    same = np.flatnonzero((a == b) & (a != 0))
    found.set(same, EXACT, other.rarity[rc[same]])
    several = _several(left, right, l_rows[same], r_rows[same])
    found.set(same[several > 0], ALL, (other.rarity[rc[same]] + several)[several > 0].astype(np.float32))
    rest = np.flatnonzero((a != b) & (found.levels != MISSING))
    _letters(found, rest, one, other, lc[rest], rc[rest])
    _parts(found, rest, left, right, l_rows[rest], r_rows[rest])
    return found


def _several(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Rarity:
    """The rarity of a second given name that both lines say, 0 when they do not."""
    a, rarity = second(left, l_rows)
    b, _ = second(right, r_rows)
    return np.where((a == b) & (a != 0), np.maximum(rarity, 0.01), 0).astype(np.float32)


def second(side: Side, rows: Rows) -> tuple[Numbers, Rarity]:
    given = side.given
    assert given is not None
    codes = given.codes[rows]
    inner = given.core[codes] != given.first[codes]  # “Clément Christophe” in one column
    number = np.where(inner, given.parts[codes, 1], 0).astype(np.uint64)
    rarity = given.part_rarity[codes, 1]
    if side.others is not None:
        others = side.others.codes[rows]
        said = (number == 0) & (side.others.first[others] != 0)
        number = np.where(said, side.others.first[others], number).astype(np.uint64)
        rarity = np.where(said, side.others.rarity[others], rarity)
    return number, rarity


def _letters(found: Agreement, rest: Rows, one: Names, other: Names, lc: Rows, rc: Rows) -> None:
    x, y = one.text[lc], other.text[rc]
    near = alike(x, y, 0.7)
    found.levels[rest[near >= 0.86]] = CLOSE
    tried = np.flatnonzero(near >= 0.7)
    long = np.minimum(one.lengths[lc], other.lengths[rc])
    initial = (long == 1) & (one.initial[lc] == other.initial[rc])
    found.set(rest[initial], INITIAL, None)
    begins = (one.start[lc] == other.start[rc]) | ((long == 3) & (one.short_sums[lc, 1] == other.short_sums[rc, 1]))
    begins &= long >= 3
    prefix = np.flatnonzero(begins)
    whole = np.fromiter(
        (p.startswith(q) or q.startswith(p) for p, q in zip(x[prefix], y[prefix], strict=True)), bool, len(prefix)
    )
    found.set(rest[prefix[whole]], BEGINNING)
    distance = edits(x[tried], y[tried], 1)
    tried = tried[(distance <= 1) & (long[tried] >= 3)]
    found.set(rest[tried], EDIT, other.rarity[rc[tried]])
    asked = np.flatnonzero((near >= 0.7) & (long >= 2))
    heard = asked[heard_alike(x[asked], y[asked])]
    found.set(rest[heard], SOUND)
    table = short_pairs()
    short = among(joined(1, one.first[lc], other.first[rc]), table)
    found.set(rest[short], SHORT, np.minimum(one.rarity[lc[short]], other.rarity[rc[short]]))


def _parts(found: Agreement, rest: Rows, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> None:
    one, other = left.given, right.given
    assert one is not None
    assert other is not None
    lc, rc = one.codes[l_rows], other.codes[r_rows]
    for side, column, codes, number in (
        (right, right.others, r_rows, one.first[lc]),
        (left, left.others, l_rows, other.first[rc]),
    ):
        if column is not None and side is not None:
            theirs = column.codes[codes]
            second = (column.first[theirs] == number) & (number != 0)
            found.set(rest[second], SECOND, column.rarity[theirs[second]])
    several = np.flatnonzero((one.parts[lc, 1] != 0) | (other.parts[rc, 1] != 0))
    rest, lc, rc = rest[several], lc[several], rc[several]
    for rank in range(PARTS):
        for again in range(PARTS):
            p = one.parts[lc, rank]
            shared = (p == other.parts[rc, again]) & (p != 0)
            fresh = shared & (found.levels[rest] < PART)
            found.set(rest[fresh], PART, other.part_rarity[rc[fresh], again])
