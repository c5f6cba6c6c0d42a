"""The shelf of keys as it stands: written whole when it is missing or far behind, followed change by change otherwise."""

from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import Max, Min

from lierre.foundation.bulk import write_in_turn
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.models import DirectoryChange, KeyPage, KeyShelf, Person
from lierre.people.projection import sliced
from lierre.people.reconciling import pages
from lierre.people.reconciling.columns import KEYS, SCHEMA
from lierre.people.reconciling.reading import persons
from lierre.people.reconciling.sheets import on_sheets, put, table_of

# Changes that were written while others were being read may bear smaller numbers: they are looked at again.
OVERLAP: Final = 1_000
FOLLOWED_AT_ONCE: Final = 2_000
# Beyond this share of the base, everything is written again.
MUCH: Final = 0.1
AT_LEAST: Final = 5_000


def standing() -> KeyShelf | None:
    return KeyShelf.objects.filter(keys=KEYS).first()


def last_change() -> int:
    return DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0


def changed_since(shelf: KeyShelf, most: int, overlap: int = OVERLAP) -> list[int] | None:
    """Who has changed since the shelf was last followed; None when it is too many, or when it is no longer known."""
    oldest = DirectoryChange.objects.aggregate(oldest=Min("seq"))["oldest"] or 0
    if oldest > shelf.seen_change + 1:
        return None
    changes = DirectoryChange.objects.filter(seq__gt=shelf.seen_change - overlap)
    found = list(changes.values_list("person_id", flat=True).distinct()[: most + 1])
    return found if len(found) <= most else None


def follow() -> KeyShelf | None:
    """Add the keys of those who have changed. None when the shelf must be written again."""
    shelf = standing()
    if shelf is None:
        return None
    last = last_change()
    if last == shelf.seen_change:
        return shelf
    changed = changed_since(shelf, max(AT_LEAST, int(shelf.persons * MUCH)))
    if changed is None:
        return None
    for some in sliced(sorted(changed), FOLLOWED_AT_ONCE):
        with write_in_turn():
            add(shelf, some)
    KeyShelf.objects.filter(pk=shelf.pk).update(seen_change=last)
    return KeyShelf.objects.get(pk=shelf.pk)


def add(shelf: KeyShelf, numbers: list[int]) -> None:
    """The keys of these persons as they are now, instead of those of before, which their sheets tell."""
    now = persons(numbers)
    with transaction.atomic():
        locked = KeyShelf.objects.select_for_update().get(pk=shelf.pk)
        before = table_of(on_sheets(locked, numbers))
        write(locked, entries(before), entries(now), numbers)
        put(locked.pk, now, numbers)


EMPTY: Final = np.empty(0, dtype=pages.ENTRY)


def entries(table: Table) -> Any:
    """The keys of these persons."""
    if not len(table):
        return EMPTY
    side = Side.of(table, SCHEMA, left=False)
    return np.concatenate(list(pages.entries_of(side, np.array(table.ids, dtype=np.uint32))) or [EMPTY])


def pages_of(shelf: KeyShelf, made: Any) -> Any:
    return made["key"] >> np.uint64(64 - (shelf.pages.bit_length() - 1))


def write(shelf: KeyShelf, gone: Any, made: Any, whose: list[int]) -> None:
    """On every page where these persons were or come, what stood of them is replaced."""
    made = made[np.argsort(made["key"], kind="stable")]
    where = pages_of(shelf, made)
    touched = sorted({*pages_of(shelf, gone).tolist(), *where.tolist()})
    numbers = {pages.page_number(shelf.pk, page): page for page in touched}
    held: dict[int, Any] = {}
    for some in sliced(numbers, pages.ASKED_AT_ONCE):
        for number, found in KeyPage.objects.filter(number__in=some).values_list("number", "entries"):
            held[numbers[number]] = np.frombuffer(bytes(found), dtype=pages.ENTRY)
    start, stop = np.searchsorted(where, touched, "left"), np.searchsorted(where, touched, "right")
    rows = []
    for page, first, last in zip(touched, start, stop, strict=True):
        mine, before = made[first:last], held.get(page, EMPTY)
        after = np.concatenate([before[~np.isin(before["person"], whose)], mine])
        rows.append(KeyPage(number=pages.page_number(shelf.pk, page), entries=after.tobytes()))
    for written in sliced(rows, pages.ASKED_AT_ONCE):
        KeyPage.objects.bulk_create(written, update_conflicts=True, unique_fields=["number"], update_fields=["entries"])


def unfollowed(shelf: KeyShelf, most: int) -> list[int] | None:
    """Who has changed and is not followed yet, when they are few: they are looked at one by one."""
    found = changed_since(shelf, most, overlap=0)
    return None if found is None else sorted(found)


def count_persons() -> int:
    return Person.objects.filter(record_id__isnull=False).count()
