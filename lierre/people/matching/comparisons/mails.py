"""E-mail addresses: the same, nearly the same, made of the other line's name, or of the other line's year of birth."""

from collections.abc import Sequence
from operator import contains
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.columns.dates import Dates
from lierre.people.matching.columns.mails import Mails
from lierre.people.matching.columns.naming import Names
from lierre.people.matching.comparisons import MISSING, Agreement, Rows
from lierre.people.matching.comparisons.letters import edits
from lierre.people.matching.side import Side

LEVELS: Final = ("different", "near", "letters", "local", "exact")
DIFFERENT, NEAR, LETTERS, LOCAL, EXACT = range(5)
EMBEDDED: Final = ("absent", "theirs in ours", "ours in theirs")
DIGITS: Final = ("another year", "year of birth")


def compare(one: Mails, other: Mails, l_rows: Rows, r_rows: Rows) -> Agreement:
    lc, rc = one.codes[l_rows], other.codes[r_rows]
    found = Agreement.empty(len(lc))
    said = (one.whole[lc] != 0) & (other.whole[rc] != 0)
    found.levels[~said] = MISSING
    tried = np.flatnonzero(said)
    tried = tried[one.letters[lc[tried]] != other.letters[rc[tried]]]
    tried = tried[np.abs(one.lengths[lc[tried]] - other.lengths[rc[tried]]) <= 1]
    near = tried[edits(one.text[lc[tried]], other.text[rc[tried]], 1) <= 1]
    found.set(near, NEAR)
    for level, a, b in (
        (LETTERS, one.letters, other.letters),
        (LOCAL, one.local, other.local),
        (EXACT, one.whole, other.whole),
    ):
        same = np.flatnonzero(said & (a[lc] == b[rc]) & (a[lc] != 0))
        found.set(same, level, other.rarity[rc[same]])
    return found


def embedded(
    left: Side, right: Side, said: Sequence[str], mail: str, l_rows: Rows, r_rows: Rows, where: NDArray[np.bool_]
) -> Agreement:
    """Whether an address carries one of the names that the other line says, asked where the names themselves disagree."""
    found = Agreement.empty(len(l_rows), MISSING)
    asked = np.flatnonzero(where)
    for level, here, here_rows, there, there_rows in (
        (1, left, l_rows[asked], right, r_rows[asked]),
        (2, right, r_rows[asked], left, l_rows[asked]),
    ):
        mails = here.mails[mail]
        codes = mails.codes[here_rows]
        written = mails.whole[codes] != 0
        found.levels[asked[written & (found.levels[asked] == MISSING)]] = 0
        for names in (getattr(there, name) for name in said):
            if names is not None:
                rows = np.flatnonzero(written & (names.lengths[names.codes[there_rows]] >= 4))
                theirs = names.codes[there_rows[rows]]
                held = _held(mails.text[codes[rows]], names, theirs)
                found.set(asked[rows[held]], level, names.rarity[theirs[held]])
    return found


def _held(texts: NDArray[np.object_], names: Names, codes: Rows) -> NDArray[np.bool_]:
    return np.fromiter(map(contains, texts, names.text[codes]), bool, len(texts))


def born(mails: Mails, dates: Dates, m_rows: Rows, d_rows: Rows) -> Agreement:
    """Whether the number at the end of an address is the year of birth."""
    digits, year = mails.digits[mails.codes[m_rows]], dates.year[dates.codes[d_rows]]
    found = Agreement.empty(len(m_rows), MISSING)
    short = (digits >= 40) | ((digits >= 0) & (digits <= 12))
    asked = (year > 0) & (((digits < 100) & short) | ((digits > 1930) & (digits < 2015)))
    found.levels[asked] = 0
    found.levels[asked & ((digits == year % 100) | (digits == year))] = 1
    return found
