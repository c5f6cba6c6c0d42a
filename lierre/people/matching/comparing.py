"""Every field of many pairs, compared."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lierre.people.matching.comparisons import MISSING, Agreement, Rows, dates, family, given, mails, together, wording
from lierre.people.matching.side import Side

SHARE: Final = 400_000  # pairs compared at once: what is held in memory beside the levels


@dataclass(frozen=True)
class Comparison:
    """A field and the names of its levels, from the worst."""

    name: str
    levels: tuple[str, ...]


def comparisons(left: Side, right: Side) -> list[Comparison]:
    """What can be compared between two sides."""
    found = []
    if left.given is not None and right.given is not None:
        found.append(Comparison("given", given.LEVELS))
    if left.family is not None and right.family is not None:
        found.append(Comparison("family", family.LEVELS))
    found += [Comparison(f"date:{name}", dates.LEVELS) for name in left.dates]
    for name in left.mails:
        found += [Comparison(f"email:{name}", mails.LEVELS), Comparison(f"embedded:{name}", mails.EMBEDDED)]
        if left.dates or right.dates:
            found.append(Comparison(f"born:{name}", mails.DIGITS))
    found += [Comparison(f"year:{name}", dates.YEARS) for name in left.years]
    found += [
        Comparison(name, ("different", "same") if name.startswith("gender") else wording.LEVELS) for name in left.words
    ]
    return found


def compared(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> dict[str, Agreement]:
    """The agreement on each field, under the name of its comparison."""
    shares = [
        _compared(left, right, l_rows[start : start + SHARE], r_rows[start : start + SHARE])
        for start in range(0, max(len(l_rows), 1), SHARE)
    ]
    return {name: together([one[name] for one in shares]) for name in shares[0]}


def _compared(left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> dict[str, Agreement]:
    found: dict[str, Agreement] = {}
    if first := given.compare(left, right, l_rows, r_rows):
        found["given"] = first
    if last := family.compare(left, right, l_rows, r_rows):
        found["family"] = last
    if first and last:
        asked = np.flatnonzero(first.levels < given.SWAPPED)
        names = first.only(asked), last.only(asked)
        _swapped(*names, left, right, l_rows[asked], r_rows[asked])
        for whole, some in zip((first, last), names, strict=True):
            whole.levels[asked], whole.rarity[asked] = some.levels, some.rarity
    for name in left.dates:
        found[f"date:{name}"] = dates.compare(left.dates[name], right.dates[name], l_rows, r_rows)
    for name in left.mails:
        same = mails.compare(left.mails[name], right.mails[name], l_rows, r_rows)
        found[f"email:{name}"] = same
        found[f"embedded:{name}"] = _embedded(first, last, same, left, right, name, l_rows, r_rows)
        if left.dates or right.dates:
            found[f"born:{name}"] = _born(left, right, name, l_rows, r_rows, found)
    for name in left.years:
        found[f"year:{name}"] = dates.compare_years(left.years[name], right.years[name], l_rows, r_rows)
    for name in left.words:
        how = wording.compare_same if name.startswith("gender") else wording.compare
        found[name] = how(left.words[name], right.words[name], l_rows, r_rows)
    return found


def _embedded(
    first: Agreement | None,
    last: Agreement | None,
    same: Agreement,
    left: Side,
    right: Side,
    name: str,
    l_rows: Rows,
    r_rows: Rows,
) -> Agreement:
    """
    Whether an address carries the name that the other line says. Asked of the family name when it is not the same: changed
    by marriage, or misspelt, where the address is not; else of a given name that is shortened.
    """
    asked = same.levels < mails.LETTERS
    other_name = (last.levels >= 0) & (last.levels < family.PART) if last else np.zeros(len(l_rows), dtype=bool)
    if first:
        other_name &= first.levels != given.DIFFERENT  # the name of another person
    found = mails.embedded(left, right, ("family", "usage"), name, l_rows, r_rows, asked & other_name)
    if first and last:
        short = (first.levels > given.DIFFERENT) & (first.levels < given.CROSSED) & (last.levels >= family.USAGE)
        called = mails.embedded(left, right, ("given",), name, l_rows, r_rows, asked & short)
        found.levels[short] = called.levels[short]
        found.rarity[short] = called.rarity[short]
    return found


def _born(
    left: Side, right: Side, name: str, l_rows: Rows, r_rows: Rows, agreements: dict[str, Agreement]
) -> Agreement:
    found = Agreement.empty(len(l_rows), MISSING)
    same = agreements[f"email:{name}"]
    dated = np.zeros(len(l_rows), dtype=bool)  # then the date itself says more
    for one in left.dates:
        dated |= agreements[f"date:{one}"].levels >= 0
    for mail, date, m_rows, d_rows in (
        (left.mails[name], next(iter(right.dates.values()), None), l_rows, r_rows),
        (right.mails[name], next(iter(left.dates.values()), None), r_rows, l_rows),
    ):
        if date is not None:
            tried = mails.born(mail, date, m_rows, d_rows)
            fresh = (found.levels == MISSING) & (same.levels < mails.LOCAL) & ~dated
            found.levels[fresh] = tried.levels[fresh]
    return found


def _swapped(first: Agreement, last: Agreement, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> None:
    """Given and family names each in the place of the other: said once, on the given name, with the rarity of both."""
    assert left.given is not None
    assert right.given is not None
    lg, rg = left.given.codes[l_rows], right.given.codes[r_rows]
    for one in (left.family, left.usage):
        for other in (right.family, right.usage):
            if one is None or other is None:
                continue
            lf, rf = one.codes[l_rows], other.codes[r_rows]
            swapped = (left.given.core[lg] == other.core[rf]) & (one.core[lf] == right.given.core[rg])
            swapped &= (one.core[lf] != 0) & (left.given.core[lg] != 0) & (first.levels < given.SWAPPED)
            worth = other.rarity[rf] + right.given.rarity[rg]
            first.set(np.flatnonzero(swapped), given.SWAPPED, worth[swapped].astype(np.float32))
            last.levels[swapped] = MISSING
            last.rarity[swapped] = 0
            for mine, theirs, rarity in (
                (left.given.core[lg], other.core[rf], other.rarity[rf]),
                (one.core[lf], right.given.core[rg], right.given.rarity[rg]),
            ):
                half = (
                    (mine == theirs)
                    & (mine != 0)
                    & (first.levels <= given.CLOSE)
                    & (last.levels <= family.CLOSE)
                    & ~swapped
                )
                first.set(np.flatnonzero(half), given.CROSSED, rarity[half])
                last.levels[half] = MISSING
                last.rarity[half] = 0
