"""Whoever is erased is taken off the shelf of keys: no mark of their names stays."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import transaction

from lierre.foundation.bulk import write_in_turn
from lierre.people.matching.side import Side
from lierre.people.models import KeyPage, KeyShelf
from lierre.people.reconciling import pages
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.reading import persons
from lierre.people.reconciling.shelf import anew, standing


def take_off(numbers: Sequence[int]) -> None:
    """Call it before they go. Whoever has changed since the shelf was written is looked for on every page."""
    shelf = standing()
    if shelf is None or not numbers:
        return
    everywhere = bool(np.isin(numbers, anew(shelf)).any())
    for some in whole(shelf) if everywhere else theirs(shelf, numbers):
        with write_in_turn():
            clean(shelf, some, numbers)


def whole(shelf: KeyShelf) -> Iterator[list[int]]:
    for start in range(0, shelf.pages, pages.PAGES_AT_ONCE):
        first = pages.page_number(shelf.pk, start)
        yield list(range(first, first + min(pages.PAGES_AT_ONCE, shelf.pages - start)))


def theirs(shelf: KeyShelf, numbers: Sequence[int]) -> Iterator[list[int]]:
    table = persons(numbers)
    if len(table):
        side = Side.of(table, SCHEMA, left=False)
        made = np.concatenate(list(pages.entries_of(side, np.array(table.ids, dtype=np.uint32))))
        places = np.unique(made["key"] >> np.uint64(64 - (shelf.pages.bit_length() - 1))).tolist()
        yield [pages.page_number(shelf.pk, page) for page in places]


def clean(shelf: KeyShelf, numbers_of_pages: list[int], numbers: Sequence[int]) -> None:
    first, last = min(numbers_of_pages), max(numbers_of_pages)
    wanted = set(numbers_of_pages)
    with transaction.atomic():
        KeyShelf.objects.select_for_update().get(pk=shelf.pk)
        changed = []
        held = KeyPage.objects.filter(number__in=wanted) if len(wanted) < pages.ASKED_AT_ONCE else KeyPage.objects.filter(
            number__gte=first, number__lte=last
        )  # fmt: skip
        for page in held.iterator():
            entries = np.frombuffer(bytes(page.entries), dtype=pages.ENTRY)
            gone = np.isin(entries["person"], numbers)
            if gone.any():
                page.entries = entries[~gone].tobytes()
                changed.append(page)
        KeyPage.objects.bulk_update(changed, ["entries"], batch_size=500)
