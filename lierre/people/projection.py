"""Writes what the fold says: persons, studies, positions, contact points, the directory and its words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from django.db import connection

from lierre.foundation.bulk import insert_rows
from lierre.people.fold import Rows
from lierre.people.fold.rows import Row
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


@dataclass(slots=True)
class Sheaf:
    """The rows of many persons, gathered by table: cheap to hand from one process to another."""

    persons: list[Row] = field(default_factory=list)
    studies: list[Row] = field(default_factory=list)
    positions: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    terms: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, rows: Rows) -> None:
        self.persons.append(rows.person)
        self.studies += rows.studies
        self.positions += rows.positions
        self.contacts += rows.contacts
        self.entries.append(rows.entry)
        self.names.append(rows.names)
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
    insert_rows("people_person", ("id", "public_id", *PERSON), ((row[0], new_public_id(), *row[1:]) for row in new))
    if standing:
        sets = ", ".join(f"{column} = %s" for column in PERSON)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE people_person SET {sets} WHERE id = %s", [(*row[1:], row[0]) for row in standing]
            )
        clear([row[0] for row in standing])
    insert_rows("people_study", STUDY, sheaf.studies)
    insert_rows("people_position", POSITION, sheaf.positions)
    insert_rows("people_contactpoint", CONTACT, sheaf.contacts)
    insert_rows("people_directoryentry", ENTRY, sheaf.entries)
    insert_rows("people_names", ("rowid", "n0", "n1"), (name_row(row) for row in sheaf.names))
    (vocabulary or Vocabulary()).write(sheaf)
    changed(row[0] for row in sheaf.persons)


def name_row(row: Row) -> tuple[int, str, str]:
    """On PostgreSQL a word is written as a lexeme, between quotes."""
    person_id, shown, hidden = row
    if connection.vendor == "sqlite":
        return person_id, shown, hidden
    return person_id, lexemes(shown), lexemes(hidden)


def lexemes(words: str) -> str:
    """
    >>> print(lexemes("amelie o'brien"))
    'amelie' 'o''brien'
    """
    return " ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words.split())


class Vocabulary:
    """Words that must be known: terms, and words of names. Remembers what it has written, for writers of many slices."""

    def __init__(self) -> None:
        self.terms: dict[int, tuple[int, str]] = {}
        self.words: dict[str, bool] = {}

    def write(self, sheaf: Sheaf) -> None:
        """Write what this writer has not written yet. A transaction that fails must not be followed by another write."""
        terms = []
        for number, term in sorted(sheaf.terms.items()):
            worth = quality(term)
            if worth > self.terms.get(number, (-1, "")):
                self.terms[number] = worth
                terms.append((number, term[0], term[1][:300], worth[0]))
        words = {word[:100]: True for _, _, hidden in sheaf.names for word in hidden.split()}
        words.update({word[:100]: False for _, shown, _ in sheaf.names for word in shown.split()})
        words = {word: hidden for word, hidden in words.items() if self.words.get(word, 2) > hidden}
        self.words.update(words)
        with connection.cursor() as cursor:
            # Always in the same order: two importers that meet then wait for each other instead of blocking for ever.
            cursor.executemany(
                "INSERT INTO people_term (id, kind, label, quality) VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE"
                " SET label = excluded.label, quality = excluded.quality"
                " WHERE (excluded.quality, excluded.label) > (people_term.quality, people_term.label)",
                terms,
            )
            cursor.executemany(
                "INSERT INTO people_nameword (word, hidden) VALUES (%s, %s) ON CONFLICT (word) DO UPDATE"
                " SET hidden = excluded.hidden WHERE people_nameword.hidden AND NOT excluded.hidden",
                sorted(words.items()),
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
