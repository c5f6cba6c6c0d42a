"""Writes what the fold says: persons, studies, positions, contact points, the directory and its words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeVar

from django.db import connection

from lierre.foundation.bulk import insert_rows
from lierre.people.fold import Rows
from lierre.people.models.person import new_public_id

PERSON: Final = (
    "given", "family", "usage", "sort", "born", "sex", "died", "lost", "do_not_contact", "heard", "completeness", "record_id",
)  # fmt: skip
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
    "occupation_id", "sector_id", "department_id", "country_id", "heard",
)  # fmt: skip
# Everything that hangs on a person and is written again with each fold.
HANGING: Final = {
    "people_study": "person_id",
    "people_position": "person_id",
    "people_contactpoint": "person_id",
    "people_directoryentry": "person_id",
    "people_names": "rowid",
}
SLICE: Final = 1_000

Item = TypeVar("Item")


def write(rows: Sequence[Rows], known: Collection[int] = ()) -> None:
    """Write persons whole. Those in `known` stand already: what hung on them is replaced. Call it in a transaction."""
    new = [each.person for each in rows if each.person[0] not in known]
    standing = [each.person for each in rows if each.person[0] in known]
    insert_rows("people_person", ("id", "public_id", *PERSON), ((row[0], new_public_id(), *row[1:]) for row in new))
    if standing:
        sets = ", ".join(f"{column} = %s" for column in PERSON)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE people_person SET {sets} WHERE id = %s", [(*row[1:], row[0]) for row in standing]
            )
        clear([row[0] for row in standing])
    insert_rows("people_study", STUDY, chain.from_iterable(each.studies for each in rows))
    insert_rows("people_position", POSITION, chain.from_iterable(each.positions for each in rows))
    insert_rows("people_contactpoint", CONTACT, chain.from_iterable(each.contacts for each in rows))
    insert_rows("people_directoryentry", ENTRY, (each.entry for each in rows))
    insert_rows("people_names", ("rowid", "n0", "n1"), (name_row(each) for each in rows))
    write_vocabulary(rows)
    changed(row.person[0] for row in rows)


def name_row(rows: Rows) -> tuple[int, str, str]:
    """On PostgreSQL a word is written as a lexeme, between quotes."""
    person_id, shown, hidden = rows.names
    if connection.vendor == "sqlite":
        return person_id, shown, hidden
    return person_id, lexemes(shown), lexemes(hidden)


def lexemes(words: str) -> str:
    """
    >>> print(lexemes("amelie o'brien"))
    'amelie' 'o''brien'
    """
    return " ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words.split())


def write_vocabulary(rows: Sequence[Rows]) -> None:
    """Words that were not known yet: of the vocabulary, and of names."""
    terms = {number: term for each in rows for number, term in each.terms.items()}
    shown = {word for each in rows for word in each.names[1].split()}
    hidden = {word for each in rows for word in each.names[2].split()} - shown
    with connection.cursor() as cursor:
        # Always in the same order: two importers that meet then wait for each other instead of blocking for ever.
        cursor.executemany(
            "INSERT INTO people_term (id, kind, label) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(number, kind, label[:300]) for number, (kind, label) in sorted(terms.items())],
        )
        cursor.executemany(
            "INSERT INTO people_nameword (word, hidden) VALUES (%s, %s)"
            " ON CONFLICT (word) DO UPDATE SET hidden = excluded.hidden WHERE people_nameword.hidden AND NOT excluded.hidden",
            sorted([(word[:100], False) for word in shown] + [(word[:100], True) for word in hidden]),
        )


def clear(person_ids: Sequence[int]) -> None:
    """Take away what hangs on these persons."""
    with connection.cursor() as cursor:
        for some in sliced(person_ids, SLICE):
            places = ", ".join(["%s"] * len(some))
            for table, column in HANGING.items():
                cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({places})", some)


def changed(person_ids: Iterable[int]) -> None:
    """Tell the snapshots of the directory to read these persons again."""
    insert_rows("people_directorychange", ("person_id",), ((person_id,) for person_id in person_ids))


def sliced(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
