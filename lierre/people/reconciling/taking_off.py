"""Whoever is erased is taken off the shelf of keys: neither their sheet nor a mark of their names stays."""

from collections.abc import Sequence

from django.db import transaction

from lierre.foundation.bulk import write_in_turn
from lierre.people.models import KeyShelf
from lierre.people.projection import sliced
from lierre.people.reconciling.sheets import drop, on_sheets, table_of
from lierre.people.reconciling.shelf import EMPTY, FOLLOWED_AT_ONCE, entries, standing, write


def take_off(numbers: Sequence[int]) -> None:
    """Call it before they go. Their sheets say on which pages they are."""
    shelf = standing()
    if shelf is None:
        return
    for some in sliced(sorted(numbers), FOLLOWED_AT_ONCE):
        with write_in_turn():
            clean(shelf, some)


def clean(shelf: KeyShelf, numbers: list[int]) -> None:
    with transaction.atomic():
        locked = KeyShelf.objects.select_for_update().get(pk=shelf.pk)
        write(locked, entries(table_of(on_sheets(locked, numbers))), EMPTY, numbers)
        drop(locked.pk, numbers)
