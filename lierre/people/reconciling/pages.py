"""Keys of persons packed in pages: written whole for a base, and looked up for some lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from django.db import connection
from django.db.models import Q
from numpy.typing import NDArray

from lierre.foundation.bulk import insert_rows, write_in_turn
from lierre.people.matching.blocking import keys
from lierre.people.matching.hashing import Numbers
from lierre.people.matching.side import Side
from lierre.people.models import KeyPage, KeyShelf
from lierre.people.projection import sliced
from lierre.people.reconciling.columns import KEYS
from lierre.people.reconciling.reading import chosen_among
from lierre.people.reconciling.sheets import sheet_number

ENTRY: Final = np.dtype([("key", "<u8"), ("person", "<u4")])
Entries = NDArray[Any]
Rows = NDArray[np.int64]
ENTRIES_A_PAGE: Final = 48
MOST_BITS: Final = 24
PARTS: Final = 16
PAGES_AT_ONCE: Final = 20_000
ASKED_AT_ONCE: Final = 4_000
# A key borne by so many more than are ever asked is kept as one entry of nobody, until the shelf is written again.
BEYOND: Final = 16
NOBODY: Final = 0


def entries_of(side: Side, numbers: NDArray[np.uint32], *, pruned: bool = False) -> Iterator[Entries]:
    """The keys of these persons, kind by kind."""
    for kind in keys(side, left=False):
        variants = kind.variants
        rows = [np.flatnonzero(one) for one in variants]
        made = np.empty(sum(map(len, rows)), dtype=ENTRY)
        if len(made):
            made["key"] = np.concatenate([one[some] for one, some in zip(variants, rows, strict=True)])
            made["person"] = numbers[np.concatenate(rows)]
            yield without_crowds(made, kind.most + BEYOND) if pruned else made


def without_crowds(made: Entries, most: int) -> Entries:
    """A key that too many bear is kept once, as nobody's."""
    borne = np.sort(made["key"])
    crowds = np.unique(borne[most:][borne[most:] == borne[:-most]])
    if not len(crowds):
        return made
    place = np.searchsorted(crowds, made["key"])
    crowded = crowds[np.minimum(place, len(crowds) - 1)] == made["key"]
    nobody = np.zeros(len(crowds), dtype=ENTRY)
    nobody["key"] = crowds
    return np.concatenate([made[~crowded], nobody])


def new_shelf(persons: int, seen_change: int) -> KeyShelf:
    """Without the name of its keys: nobody takes it for whole. Pages are numbered by it."""
    return KeyShelf.objects.create(pages=0, entries=0, persons=persons, seen_change=seen_change, keys="")


def write_pages(shelf: KeyShelf, side: Side, numbers: NDArray[np.uint32]) -> None:
    """Every key, beside what stands; then what stood goes."""
    made = list(entries_of(side, numbers, pruned=True))
    shelf.entries = sum(map(len, made))
    bits = min(MOST_BITS, max(1, (shelf.entries // ENTRIES_A_PAGE).bit_length()))
    for some in sliced(packed(made, bits, shelf.pk), PAGES_AT_ONCE):
        with write_in_turn():
            insert_rows("people_keypage", ("number", "entries"), some)
    shelf.pages, shelf.keys = 1 << bits, KEYS
    shelf.save(update_fields=["entries", "pages", "keys"])
    clear_before(shelf)


def packed(made: list[Entries], bits: int, shelf: int) -> Iterator[tuple[int, bytes]]:
    """Pages in their order, a part of them at a time so that memory holds."""
    parts = min(PARTS, 1 << bits)
    shift = np.uint64(64 - (parts.bit_length() - 1))
    for part in range(parts):
        some = [one[(one["key"] >> shift) == part] if parts > 1 else one for one in made]
        here = np.concatenate(some) if some else np.empty(0, dtype=ENTRY)
        here = here[np.argsort(here["key"], kind="stable")]
        pages = here["key"] >> np.uint64(64 - bits)
        if not len(here):
            continue
        starts = np.flatnonzero(np.append(True, pages[1:] != pages[:-1]))
        stops = np.append(starts[1:], len(here))
        for start, stop in zip(starts, stops, strict=True):
            yield page_number(shelf, int(pages[start])), here[start:stop].tobytes()


def page_number(shelf: int, page: int) -> int:
    return (shelf << MOST_BITS) + page


def clear_before(shelf: KeyShelf) -> None:
    """Pages, and sheets, of the shelves before."""
    before = Q(number__gte=0, number__lt=page_number(shelf.pk, 0)) | Q(
        number__lt=0, number__gt=sheet_number(shelf.pk, 0)
    )
    while numbers := list(KeyPage.objects.filter(before).values_list("number", flat=True)[:PAGES_AT_ONCE]):
        with write_in_turn():
            KeyPage.objects.filter(before, number__gte=min(numbers), number__lte=max(numbers)).delete()
    KeyShelf.objects.filter(pk__lt=shelf.pk).delete()


@dataclass(frozen=True, slots=True)
class Questions:
    """Every key that some lines ask for: the line, the key, how many may bear it."""

    rows: Rows
    asked: Numbers
    most: Rows

    @classmethod
    def of(cls, left: Side) -> Self:
        if len(left) == 1:  # without the cost of arrays
            alone = [(int(one[0]), kind.most) for kind in keys(left, left=True) for one in kind.variants if one[0]]
            every = np.array([key for key, _most in alone], dtype=np.uint64)
            return cls(
                np.zeros(len(alone), dtype=np.int64), every, np.array([most for _key, most in alone], dtype=np.int64)
            )
        rows, asked, most = [], [], []
        for kind in keys(left, left=True):
            for one in kind.variants:
                some = one.nonzero()[0]
                rows.append(some)
                asked.append(one[some])
                most.append(np.full(len(some), kind.most))
        return cls(np.concatenate(rows), np.concatenate(asked), np.concatenate(most))

    def borne(self, entries: Entries, most: Rows | None = None) -> tuple[Rows, Rows]:
        """The pairs (line, person) that share a key among these entries, unless more than `most` bear it."""
        entries = entries[entries["key"].argsort(kind="stable")]
        start = entries["key"].searchsorted(self.asked, "left")
        count = entries["key"].searchsorted(self.asked, "right") - start
        some = count > 0
        if most is not None:
            some &= count <= most
            some[some] = entries["person"][start[some]] != NOBODY
        start, count, rows = start[some], count[some], self.rows[some]
        within = np.arange(int(count.sum())) - np.repeat(count.cumsum() - count, count)
        return np.repeat(rows, count), entries["person"][np.repeat(start, count) + within].astype(np.int64)


def looked_up(shelf: KeyShelf, lines: Questions) -> tuple[Rows, Rows]:
    """The pairs (line, number of a person) that share a key which not too many bear; some come several times."""
    if not len(lines.asked):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    shift = np.uint64(64 - (shelf.pages.bit_length() - 1))
    return lines.borne(read_pages(shelf, sorted(set((lines.asked >> shift).tolist()))), lines.most)


def read_pages(shelf: KeyShelf, pages: Sequence[int]) -> Entries:
    numbers = [page_number(shelf.pk, page) for page in pages]
    held: list[bytes] = []
    for some in sliced(numbers, ASKED_AT_ONCE):
        chosen, values = chosen_among(some)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT entries FROM people_keypage WHERE number {chosen}", values)
            held += [entries for (entries,) in cursor.fetchall()]
    return np.frombuffer(b"".join(held), dtype=ENTRY)
