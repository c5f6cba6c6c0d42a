"""What the keys of each person were made of, one row beside them: read in one question, and the keys of before are known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.db import connection

from lierre.foundation.bulk import insert_rows, write_in_turn
from lierre.people.matching.table import Table
from lierre.people.models import KeyPage, KeyShelf
from lierre.people.projection import sliced
from lierre.people.reconciling.columns import TYPES
from lierre.people.reconciling.reading import chosen_among, persons

BETWEEN: Final = "\x1f"
SHELF_BITS: Final = 32
ROWS_AT_ONCE: Final = 20_000
ASKED_AT_ONCE: Final = 4_000
Said = Sequence[str]


def sheet_number(shelf: int, person: int) -> int:
    """Sheets lie under 0, where no page is."""
    return -((shelf << SHELF_BITS) + person)


def sheets_of(table: Table, *, backwards: bool = False) -> Iterator[bytes]:
    said = []
    for values in table.columns.values():
        whole = [value.replace(BETWEEN, " ") for value in values.distinct]
        said.append(map(whole.__getitem__, (values.codes[::-1] if backwards else values.codes).tolist()))
    return map(str.encode, map(BETWEEN.join, zip(*said, strict=True)))


def write_sheets(shelf: int, table: Table) -> None:
    """Of a whole base, which nobody reads yet: from the last person to the first, as sheets are numbered downwards."""
    rows = zip(
        (sheet_number(shelf, int(person)) for person in reversed(table.ids)),
        sheets_of(table, backwards=True),
        strict=True,
    )
    for some in sliced(rows, ROWS_AT_ONCE):
        with write_in_turn():
            insert_rows("people_keypage", ("number", "entries"), some)


def put(shelf: int, table: Table, instead_of: Iterable[int]) -> None:
    """Of some persons, as they are now; those who are gone have none any more. Call it in a transaction."""
    drop(shelf, instead_of)
    rows = zip((sheet_number(shelf, int(person)) for person in table.ids), sheets_of(table), strict=True)
    insert_rows("people_keypage", ("number", "entries"), rows)


def drop(shelf: int, numbers: Iterable[int]) -> None:
    for some in sliced((sheet_number(shelf, person) for person in numbers), ASKED_AT_ONCE):
        KeyPage.objects.filter(number__in=some).delete()


def on_sheets(shelf: KeyShelf, numbers: Iterable[int]) -> dict[int, Said]:
    """What the shelf says of these persons, those whom it knows."""
    found: dict[int, Said] = {}
    for some in sliced((sheet_number(shelf.pk, person) for person in numbers), ASKED_AT_ONCE):
        chosen, values = chosen_among(some)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number, entries FROM people_keypage WHERE number {chosen}", values)
            base = shelf.pk << SHELF_BITS
            for number, sheet in cursor.fetchall():
                found[-number - base] = str(sheet, "utf-8").split(BETWEEN)
    return found


def table_of(said: dict[int, Said]) -> Table:
    """In the order of their numbers."""
    numbers = sorted(said)
    columns = zip(*(said[number] for number in numbers), strict=True) if numbers else ([] for _name in TYPES)
    return Table.of_columns(numbers, dict(zip(TYPES, columns, strict=True)))


def persons_known(shelf: KeyShelf, numbers: Sequence[int], changed: set[int] | None) -> Table:
    """
    These persons: from their sheets, but for those who have changed since; all of them from the base when nobody knows
    who has.
    """
    if changed is None:
        return persons(numbers)
    found = on_sheets(shelf, (number for number in numbers if number not in changed))
    missing = [number for number in numbers if number not in found]
    if missing:
        found |= rows_of(persons(missing))
    return table_of(found)


def rows_of(table: Table) -> dict[int, Said]:
    said = [[values.distinct[code] for code in values.codes.tolist()] for values in table.columns.values()]
    return dict(zip((int(person) for person in table.ids), zip(*said, strict=True), strict=True))
