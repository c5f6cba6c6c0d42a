"""Which lines are worth comparing: those that share a key. A key is made of what two lines rarely share by chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.columns.dates import Dates
from lierre.people.matching.hashing import Numbers, joined, mixed, numbered, together
from lierre.people.matching.side import Side

Rows = NDArray[np.int64]


def _kept(*variants: Numbers) -> list[Numbers]:
    """Variants without what an earlier one already says, and without those that say nothing of anybody."""
    kept: list[Numbers] = []
    for variant in variants:
        fresh = variant.copy()
        for earlier in kept:
            fresh[fresh == earlier] = 0
        if fresh.any():
            kept.append(fresh)
    return kept


def families(side: Side) -> list[Numbers]:
    found: list[Numbers] = []
    named = [names for names in (side.family, side.usage) if names is not None]
    found += [names.core[names.codes] for names in named]
    for names in named:
        several = names.parts[:, 1] != 0
        found += [np.where(several, names.parts[:, rank], 0)[names.codes] for rank in (0, 1)]
    return _kept(*found)


def givens(side: Side) -> list[Numbers]:
    if side.given is None:
        return []
    found = [side.given.first[side.given.codes]]
    several = side.given.parts[:, 1] != 0
    found += [np.where(several, side.given.parts[:, rank], 0)[side.given.codes] for rank in (0, 1)]
    if side.others is not None:
        found.append(side.others.first[side.others.codes])
    return _kept(*found)


def addresses(side: Side) -> list[Numbers]:
    """The letters of the addresses that people make of such names: jeanmartin, martinjean, jmartin, martinj, jeamart."""
    given = side.given
    found = []
    for family in (side.family, side.usage):
        if given is not None and family is not None:
            g, f = given.codes, family.codes
            g_sum, g_size, f_sum, f_size = given.sums[g], given.lengths[g], family.sums[f], family.lengths[f]
            some = (g_size > 0) & (f_size > 0)
            one, four = np.ones(len(g), dtype=np.int64), np.minimum(f_size, 4)
            for total, size in (
                (together(g_sum, g_size, f_sum), g_size + f_size),
                (together(f_sum, f_size, g_sum), g_size + f_size),
                (together(given.short_sums[g, 0], one, f_sum), f_size + 1),
                (together(f_sum, f_size, given.short_sums[g, 0]), f_size + 1),
                (
                    together(given.short_sums[g, 1], np.minimum(g_size, 3), family.short_sums[f, 2]),
                    np.minimum(g_size, 3) + four,
                ),
            ):
                found.append(numbered(total, np.where(some, size, 0)))
    return _kept(*found)


@dataclass(frozen=True)
class Keys:
    """One kind of key: the most lines of the base that may share one, and one array of keys per variant, 0 for none."""

    name: str
    most: int
    kind: int
    parts: list[tuple[Numbers, ...]]

    @property
    def variants(self) -> list[Numbers]:
        """Made each time they are asked for: all the kinds of a whole base are more than memory should hold."""
        return [joined(self.kind, *parts) for parts in self.parts]

    def listed(self, seen: NDArray[np.bool_] | None = None) -> tuple[Numbers, Rows]:
        """
        The keys, sorted, and the line of each; only those that may have been seen elsewhere. Some lines at a time: what is
        made of them stays near the processor.
        """
        found, rows = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.int64)]
        for parts in self.parts:
            for begin in range(0, len(parts[0]), NEAR):
                some = joined(self.kind, *(part[begin : begin + NEAR] for part in parts))
                kept = np.flatnonzero(some if seen is None else seen.take(_low(some)) & (some != 0))
                found.append(some[kept])
                rows.append(kept + begin)
        every = np.concatenate(found)
        order = np.argsort(every)
        return every[order], np.concatenate(rows)[order]


def cross(name: str, most: int, *groups: list[Numbers]) -> Keys:
    """Every way of taking one value in each group, as one number; the kind of key is part of it."""
    made: list[tuple[Numbers, ...]] = [()]
    for group in groups:
        made = [(*one, other) for one in made for other in group]
    kind = sum(ord(letter) << (8 * (rank % 6)) for rank, letter in enumerate(name)) & 0x7FFFFFFF
    return Keys(name, most, kind, made)


def keys(side: Side, *, left: bool) -> Iterator[Keys]:
    """All the kinds of keys of a file, in the same order on both sides."""
    f, g = families(side), givens(side)
    dates = [_day(column) for column in side.dates.values()]
    years = [_years(column, around=left) for column in side.years.values()]
    words = {name: [one.about[one.codes]] for name, one in side.words.items() if not name.startswith("gender")}
    yield from _of_names(side, f, g, left=left)
    for rank, day in enumerate(dates):
        yield cross(f"date given {rank}", 60, day, g)
        yield cross(f"date family {rank}", 60, day, f)
        yield cross(f"date {rank}", 30, day)
    yield from _of_mails(side, left=left)
    yield from _of_years(side, f, g, years, words)
    for one, other in combinations(words, 2):
        yield cross(f"given {one} {other}", 60, g[:1], words[one], words[other])
    for name, column in words.items():
        if name.startswith(("code", "text", "number")):
            yield cross(f"alone {name}", 30, column)
            yield cross(f"given {name}", 60, g, column)
            yield cross(f"family {name}", 60, f, column)
            for rank, day in enumerate(dates):
                yield cross(f"date {name} {rank}", 60, day, column)


def _of_names(side: Side, f: list[Numbers], g: list[Numbers], *, left: bool) -> Iterator[Keys]:
    named = [names for names in (side.family, side.usage) if names is not None]
    yield cross("names", 400, f, g)  # in any order: swapped names have the same key
    yield cross("family", 20, [*f, *g[:1]] if left else f)
    yield cross("family initial", 30, f, _initial(side))
    yield cross("start given", 25, [names.start[names.codes] for names in named], g)
    yield cross("end given", 25, [names.end[names.codes] for names in named], g)


def _of_mails(side: Side, *, left: bool) -> Iterator[Keys]:
    for mail in side.mails.values():
        letters = [mail.letters[mail.codes]]
        made = addresses(side)
        yield cross("local", 40, [mail.local[mail.codes]])
        yield cross("letters", 60, letters)
        yield cross("mail", 60, letters if left else made)
        yield cross("made", 60, made if left else letters)


def _of_years(
    side: Side, f: list[Numbers], g: list[Numbers], years: list[list[Numbers]], words: dict[str, list[Numbers]]
) -> Iterator[Keys]:
    """Who changed family name is found by what they studied, when and where."""
    for rank, year in enumerate(years):
        yield cross(f"family initial year {rank}", 60, f, _initial(side), year)
        for name, column in words.items():
            yield cross(f"given year {name} {rank}", 12, g, year, column)
        for one, other in combinations(words, 2):
            yield cross(f"year {one} {other} {rank}", 20, year, words[one], words[other])


def _initial(side: Side) -> list[Numbers]:
    return [] if side.given is None else [side.given.initial[side.given.codes]]


def _day(date: Dates) -> list[Numbers]:
    """A whole date."""
    codes = date.codes
    number = date.year[codes].astype(np.int64) * 10000 + date.month[codes].astype(np.int64) * 100 + date.day[codes]
    whole = (date.year[codes] > 0) & (date.day[codes] > 0)
    return [np.where(whole, mixed(number.astype(np.uint64)), 0).astype(np.uint64)]


def _years(column: Dates, *, around: bool) -> list[Numbers]:
    """The year; `around`: the one before and the one after too, asked of the other side."""
    year = column.year[column.codes].astype(np.int64)
    steps = (0, 1, -1) if around else (0,)
    return [np.where(year > 0, mixed((year + step + 7).astype(np.uint64)), 0).astype(np.uint64) for step in steps]


BITS: Final = 23
AT_ONCE: Final = 2_000_000  # pairs
NEAR: Final = 65_536  # lines


def shares_of(mine: Keys, theirs: Keys) -> Iterator[tuple[Rows, Rows]]:
    """
    The lines of both sides that share a key which few enough lines of the base carry, some millions at a time: a base
    compared with itself has more than memory should hold at once.
    """
    l_keys, l_row = mine.listed()
    seen = np.zeros(1 << BITS, dtype=bool)
    seen[_low(l_keys)] = True
    r_keys, r_row = theirs.listed(seen)
    start = np.searchsorted(r_keys, l_keys, "left")
    count = np.searchsorted(r_keys, l_keys, "right") - start
    some = np.flatnonzero((count > 0) & (count <= mine.most))
    count, start, l_row = count[some], start[some], l_row[some]
    share = np.cumsum(count) // AT_ONCE
    stops = np.append(np.flatnonzero(share[1:] != share[:-1]) + 1, len(share))
    begin = 0
    for stop in stops.tolist():
        sizes, first = count[begin:stop], start[begin:stop]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        yield np.repeat(l_row[begin:stop], sizes), r_row[np.repeat(first, sizes) + within]
        begin = stop


def _low(keys: Numbers) -> Rows:
    low: Rows = (keys & np.uint64((1 << BITS) - 1)).view(np.int64)
    return low
