"""Writes what the fold says: persons, studies, positions, contact points, the directory and its terms."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import connection

from lierre.foundation.bulk import insert_rows
from lierre.people.fold import Rows
from lierre.people.fold.rows import Row
from lierre.people.models.person import new_public_ids

PERSON: Final = (
    "given", "family", "usage", "sort", "born", "sex", "died", "lost", "do_not_contact", "heard", "completeness", "record_id",
)  # fmt: skip
PERSON_ARRAYS: Final = (
    "%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::smallint[], %s::text[], %s::boolean[],"
    " %s::boolean[], %s::integer[], %s::smallint[], %s::bigint[]"
)
STUDY: Final = (
    "person_id",
    "degree_id",
    "year",
    "unit_id",
    "level",
    "discipline_id",
    "honours",
    "obtained",
    "record_id",
)
POSITION: Final = (
    "person_id", "employer_id", "title", "occupation_id", "sector_id", "city", "department", "country", "started",
    "ended", "is_current", "record_id",
)  # fmt: skip
CONTACT: Final = ("person_id", "kind", "value", "use", "confirmed", "refused", "record_id")
ENTRY: Final = (
    "person_id", "sort", "mask", "year", "degree_id", "level", "discipline_id", "unit_id", "employer_id",
    "occupation_id", "sector_id", "department_id", "country_id", "heard", "hidden_names",
)  # fmt: skip
# Everything that hangs on a person and is written again with each fold.
HANGING: Final = ("people_study", "people_position", "people_contactpoint", "people_directoryentry")
SLICE: Final = 1_000

Item = TypeVar("Item")


@dataclass(slots=True)
class Sheaf:
    """The rows of many persons, gathered by table: cheap to hand from one process to another."""

    persons: list[Row] = field(default_factory=list)
    studies: list[Row] = field(default_factory=list)
    positions: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    terms: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, rows: Rows) -> None:
        self.persons.append(rows.person)
        self.studies += rows.studies
        self.positions += rows.positions
        self.contacts += rows.contacts
        self.entries.append(rows.entry)
        for number, term in rows.terms.items():
            if self.terms.get(number) != term:
                self.terms[number] = max(self.terms.get(number, term), term, key=quality)


def quality(term: tuple[str, str]) -> tuple[int, str]:
    """
    Of two spellings of one word, which is shown: the one with small letters and capitals, then with accents.

    >>> max([("employer", "ARMOR ENERGIES"), ("employer", "Armor Énergies")], key=quality)
    ('employer', 'Armor Énergies')
    """
    label = term[1]
    mixed = 2 * (label != label.upper()) + (label != label.lower())
    return 10 * mixed + min(9, sum(not letter.isascii() for letter in label)), label


def write(sheaf: Sheaf, known: Collection[int] = (), vocabulary: "Vocabulary | None" = None) -> None:
    """Write persons whole. Those in `known` stand already: what hung on them is replaced. Call it in a transaction."""
    new = [row for row in sheaf.persons if row[0] not in known]
    standing = [row for row in sheaf.persons if row[0] in known]
    drawn = zip(new, new_public_ids(len(new)), strict=True)
    insert_rows("people_person", ("id", "public_id", *PERSON), ((row[0], address, *row[1:]) for row, address in drawn))
    if standing:
        rewrite(standing)
        clear([row[0] for row in standing])
    insert_rows("people_study", STUDY, sheaf.studies)
    insert_rows("people_position", POSITION, sheaf.positions)
    insert_rows("people_contactpoint", CONTACT, sheaf.contacts)
    insert_rows("people_directoryentry", ENTRY, sheaf.entries)
    (vocabulary or Vocabulary()).write(sheaf)
    changed(row[0] for row in sheaf.persons)


def rewrite(rows: Sequence[Row]) -> None:
    """Persons who stand, as they are now. A server is asked once; an embedded base answers many questions as quickly."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sets = ", ".join(f"{column} = %s" for column in PERSON)
            cursor.executemany(f"UPDATE people_person SET {sets} WHERE id = %s", [(*row[1:], row[0]) for row in rows])
            return
        sets = ", ".join(f"{column} = now.{column}" for column in PERSON)
        cursor.execute(
            f"UPDATE people_person AS person SET {sets} FROM unnest({PERSON_ARRAYS}) AS now (id, {', '.join(PERSON)})"
            " WHERE person.id = now.id",
            columns_of(rows),
        )


def columns_of(rows: Sequence[Row]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


class Vocabulary:
    """Terms that must be known. Remembers what it has written, for writers of many slices."""

    def __init__(self) -> None:
        self.terms: dict[int, tuple[int, str]] = {}

    def write(self, sheaf: Sheaf) -> None:
        """Write what this writer has not written yet. A transaction that fails must not be followed by another write."""
        terms = []
        # Always in the same order: two importers that meet then wait for each other instead of blocking for ever.
        for number, term in sorted(sheaf.terms.items()):
            worth = quality(term)
            if worth > self.terms.get(number, (-1, "")):
                self.terms[number] = worth
                terms.append((number, term[0], term[1][:300], worth[0]))
        if not terms:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.executemany(f"INSERT INTO {TERM} VALUES (%s, %s, %s, %s) {BETTER}", terms)
            else:
                arrays = "%s::bigint[], %s::text[], %s::text[], %s::smallint[]"
                cursor.execute(f"INSERT INTO {TERM} SELECT * FROM unnest({arrays}) {BETTER}", columns_of(terms))


TERM: Final = "people_term (id, kind, label, quality)"
BETTER: Final = (
    "ON CONFLICT (id) DO UPDATE SET label = excluded.label, quality = excluded.quality"
    " WHERE (excluded.quality, excluded.label) > (people_term.quality, people_term.label)"
)


def clear(person_ids: Sequence[int]) -> None:
    """Take away what hangs on these persons."""
    with connection.cursor() as cursor:
        for some in sliced(person_ids, SLICE):
            for table in HANGING:
                cursor.execute(f"DELETE FROM {table} WHERE person_id {among(some)}", held(some))


def among(numbers: Sequence[int]) -> str:
    """The end of a condition: one of these numbers. A server reads one array more quickly than a thousand values."""
    return f"IN ({', '.join(['%s'] * len(numbers))})" if connection.vendor == "sqlite" else "= ANY(%s::bigint[])"


def held(numbers: Sequence[int]) -> list[Any]:
    """What goes with `among`."""
    return list(numbers) if connection.vendor == "sqlite" else [list(numbers)]


def changed(person_ids: Iterable[int]) -> None:
    """Tell the snapshots of the directory to read these persons again."""
    insert_rows("people_directorychange", ("person_id",), ((person_id,) for person_id in person_ids))


def sliced(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
