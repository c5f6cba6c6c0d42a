"""What the directory counts on: a few numbers per person, each in an array indexed by the number of the person."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lierre.people.directory.facets import LAST_YEAR, TERM_FACETS, YEARS_IN_A_DECADE
from lierre.people.directory.further import Further
from lierre.people.directory.lexicon import LEVEL_CODE, Lexicon

Ids = npt.NDArray[np.int64]
Numbers = npt.NDArray[Any]
# Names are compared by their first letters; two that share so many stand side by side anyway.
KEY_LETTERS: Final = 32
LOOKED_AT: Final = 4_000  # persons at once
# As rows are read: see `reading.py`.
ROW: Final = ("person_id", "sort", "mask", "year", "level", "heard", *(facet.column for facet in TERM_FACETS))


class Columns:
    """
    Sixty bytes per person or so, and what `further` adds. Code 0 of a facet is "nothing known".

    `rank` is the place in the order of names. It is exact when all is loaded; somebody renamed since stands between
    two others, beside those whose name begins alike, until the next loading.
    """

    def __init__(self, size: int = 0) -> None:
        self.present = np.zeros(size, bool)
        self.mask = np.zeros(size, np.int64)
        self.heard = np.zeros(size, np.uint16)
        self.rank = np.full(size, np.inf)
        self.sort_hash = np.zeros(size, np.uint32)
        self.codes: dict[str, Numbers] = {"year": np.zeros(size, np.uint16), "level": np.zeros(size, np.uint8)}
        self.codes["decade"] = np.zeros(size, np.uint8)
        self.codes |= {facet.name: np.zeros(size, np.int32) for facet in TERM_FACETS}
        self.lexicons = {facet.name: Lexicon(facet.name) for facet in TERM_FACETS}
        self.further = Further.none()
        self.keys: npt.NDArray[np.bytes_] = np.zeros(0, f"S{KEY_LETTERS}")
        self.order: Ids = np.zeros(0, np.int64)  # rank → person, for those whose rank is exact
        self.late_keys: dict[int, bytes] = {}  # the others

    @property
    def size(self) -> int:
        return len(self.mask)

    def grow(self, size: int) -> None:
        """Make room for persons up to this number, and some more."""
        if size <= self.size:
            return
        held, room = self.size, Columns(size + size // 16 + 64)
        for name in ("present", "mask", "heard", "rank", "sort_hash"):
            getattr(room, name)[:held] = getattr(self, name)
            setattr(self, name, getattr(room, name))
        for name, numbers in room.codes.items():
            numbers[: len(self.codes[name])] = self.codes[name]
            self.codes[name] = numbers

    def put(self, rows: Sequence[Sequence[Any]], in_order: bool = False) -> Ids:
        """Take in entries. With `in_order` they are the whole base by name, slice after slice: ranks are exact."""
        ids, sorts, masks, years, levels, heard, *terms = zip(*rows, strict=True)
        at = np.array(ids, np.int64)
        self.grow(int(at.max()) + 1)
        hashes = np.array([crc32(sort.encode()) for sort in sorts], np.uint32)
        keys = np.array([sort.encode()[:KEY_LETTERS] for sort in sorts], self.keys.dtype)
        if in_order:
            self.rank[at] = np.arange(len(self.keys), len(self.keys) + len(at))
            self.keys, self.order = np.concatenate([self.keys, keys]), np.concatenate([self.order, at])
        else:
            self.place(at, hashes, keys)
        self.sort_hash[at] = hashes
        self.mask[at] = masks
        self.heard[at] = np.clip(heard, 0, 65_535)
        self.codes["year"][at] = [year if 0 < year < LAST_YEAR else 0 for year in years]
        self.codes["decade"][at] = self.codes["year"][at] // YEARS_IN_A_DECADE
        self.codes["level"][at] = [LEVEL_CODE.get(level, 0) for level in levels]
        for facet, numbers in zip(TERM_FACETS, terms, strict=True):
            self.codes[facet.name][at] = self.lexicons[facet.name].encode(numbers)
        self.present[at] = True
        return at

    def put_further(self, changed: Ids, rows: Iterable[Sequence[Any]]) -> Ids:
        """All the further studies of these persons; where they stand. Those of somebody not there yet are read later."""
        known = [row for row in rows if row[0] < self.size and self.present[row[0]]]
        self.further = self.further.put(changed, known, self.lexicons)
        return np.flatnonzero(np.isin(self.further.persons, changed))

    def place(self, at: Ids, hashes: Numbers, keys: npt.NDArray[np.bytes_]) -> None:
        """Rank those whose name has changed, between those whose names begin alike."""
        moved = (self.sort_hash[at] != hashes) | np.isinf(self.rank[at])
        self.rank[at[moved]] = np.searchsorted(self.keys, keys[moved]) - 0.5
        self.late_keys.update(zip(at[moved].tolist(), keys[moved].tolist(), strict=True))

    def sorted_under(self, beginning: str) -> Ids:
        """All those whose sort name begins so, in order but for those who were renamed since."""
        start = beginning.encode()[:KEY_LETTERS]
        first, last = self.ends_of(beginning)
        ids = self.order[first:last]
        late = [person_id for person_id, key in self.late_keys.items() if key.startswith(start)]
        return np.concatenate([ids[self.rank[ids] == np.arange(first, last)], np.array(late, np.int64)])

    def ends_of(self, beginning: str) -> tuple[int, int]:
        """The first rank of the sort names that begin so, and the one after the last."""
        start = beginning.encode()[:KEY_LETTERS]
        first, last = np.searchsorted(self.keys, [start, start.ljust(KEY_LETTERS, b"\xff")])
        return int(first), int(last)

    def stand_under(self, ids: Ids, beginning: str) -> npt.NDArray[np.bool_]:
        """Whether each of these stands where sort names that begin so do. Somebody renamed to either end of them may."""
        first, last = self.ends_of(beginning)
        ranks = self.rank[ids]
        return (first - 0.5 <= ranks) & (ranks < last)

    def first_of(self, flags: npt.NDArray[np.bool_], size: int, beginning: str = "") -> Ids:
        """Of those that are flagged, the first ones in the order of names and all late ones, in no order."""
        start = beginning.encode()[:KEY_LETTERS]
        late = (each for each, key in self.late_keys.items() if flags[each] and key.startswith(start))
        found, taken = [np.fromiter(late, np.int64)], 0
        first, last = self.ends_of(beginning) if beginning else (0, len(self.order))
        for at in range(first, last, LOOKED_AT):
            ids = self.order[at : min(at + LOOKED_AT, last)]
            ids = ids[flags[ids] & (self.rank[ids] == np.arange(at, at + len(ids)))]
            found.append(ids)
            taken += len(ids)
            if taken >= size:
                break
        return np.concatenate(found)

    def remove(self, ids: Iterable[int]) -> None:
        """These persons are in the directory no more."""
        at = np.fromiter((each for each in ids if each < self.size), np.int64)
        self.present[at] = False
        self.mask[at] = 0

    def remask(self, seen: Iterable[tuple[int, int, str]]) -> list[int]:
        """
        Only who sees them has been read, and how they are called. Those who are called otherwise are given back.

        Those that are not known yet wait until all is read again.
        """
        renamed = []
        for person_id, mask, sort in seen:
            if person_id < self.size and self.present[person_id]:
                self.mask[person_id] = mask
                if self.sort_hash[person_id] != crc32(sort.encode()):
                    renamed.append(person_id)
        return renamed
