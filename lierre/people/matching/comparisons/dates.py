"""Dates, whole or partial, with day and month inverted or one part wrong; and years."""

from typing import Final

import numpy as np

from lierre.people.matching.columns.dates import Dates
from lierre.people.matching.comparisons import MISSING, Agreement, Rows

LEVELS: Final = ("different", "same year", "partial", "two parts", "inverted", "exact")
DIFFERENT, SAME_YEAR, PARTIAL, TWO_PARTS, INVERTED, EXACT = range(6)
YEARS: Final = ("different", "within five", "two", "one", "exact")


def compare(one: Dates, other: Dates, l_rows: Rows, r_rows: Rows) -> Agreement:
    lc, rc = one.codes[l_rows], other.codes[r_rows]
    ay, am, ad = one.year[lc], one.month[lc], one.day[lc]
    by, bm, bd = other.year[rc], other.month[rc], other.day[rc]
    found = Agreement.empty(len(lc))
    year, month, day = ay == by, am == bm, ad == bd
    found.levels[year] = SAME_YEAR
    partial = (ad == 0) | (bd == 0)
    found.levels[partial & year & (month | (am == 0) | (bm == 0))] = PARTIAL
    whole = ~partial
    found.levels[whole & (year.astype(np.int8) + month + day == 2)] = TWO_PARTS
    found.levels[whole & year & (am == bd) & (ad == bm)] = INVERTED
    found.levels[whole & year & month & day] = EXACT
    found.levels[(ay == 0) | (by == 0)] = MISSING
    return found


def compare_years(one: Dates, other: Dates, l_rows: Rows, r_rows: Rows) -> Agreement:
    a, b = one.year[one.codes[l_rows]], other.year[other.codes[r_rows]]
    apart = np.abs(a.astype(np.int32) - b)
    found = Agreement.empty(len(a))
    for most, level in ((5, 1), (2, 2), (1, 3), (0, 4)):
        found.levels[apart <= most] = level
    found.levels[(a == 0) | (b == 0)] = MISSING
    return found
