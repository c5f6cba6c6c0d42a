"""Reads the directory from the base: all of it, or what has changed since."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from django.db import connection

from lierre.accounts.models import Unit
from lierre.people.directory.bearers import Bearers, Names
from lierre.people.directory.columns import ROW, Columns
from lierre.people.directory.facets import STUDY_FACETS, TERM_FACETS
from lierre.people.directory.lexicon import Lexicon
from lierre.people.models import DirectoryChange, DirectoryEntry, Term

AT_ONCE: Final = 20_000
SLICE: Final = 500
CAN_BE_EMPTY: Final = {"year", *(facet.column for facet in TERM_FACETS)}


def selection(where: str = "") -> str:
    columns = ", ".join(f"COALESCE({name}, 0)" if name in CAN_BE_EMPTY else name for name in ROW)
    return f"SELECT {columns} FROM people_directoryentry {where}"


def beside(where: str = "") -> str:
    """The studies of persons but the one that their entry says; nearly all are said there, and stay in the base."""
    held = [facet.column for facet in STUDY_FACETS]
    same = " AND ".join(f"{known('study', name)} = {known('entry', name)}" for name in held)
    return (
        f"SELECT study.person_id, {', '.join(known('study', name) for name in held)} FROM people_study study"
        f" CROSS JOIN people_directoryentry entry WHERE entry.person_id = study.person_id AND NOT ({same}) {where}"
    )


def known(table: str, name: str) -> str:
    return f"COALESCE({table}.{name}, 0)" if name in CAN_BE_EMPTY else f"{table}.{name}"


def in_order() -> str:
    """By name, as bytes compare: the same order whatever the language of a PostgreSQL base."""
    return 'ORDER BY sort COLLATE "C", person_id' if connection.vendor == "postgresql" else "ORDER BY sort, person_id"


def whole() -> Columns:
    """Everything, by name. About four seconds per million persons."""
    columns = Columns(last_person() + 1)
    for rows in chunks(selection(in_order())):
        columns.put(rows, in_order=True)
    for rows in chunks(beside()):
        columns.put_further(np.zeros(0, np.int64), rows)
    columns.lexicons["unit"].names = dict(Unit.objects.values_list("code", "name"))
    name_terms(columns.lexicons)
    return columns


def names_at_hand(where: str = "") -> str:
    """What a name is shown as holds the words that graduates may search: see `fold.text.words_in`."""
    return f"SELECT person_id, trim(replace(sort, ',', '')), hidden_names FROM people_directoryentry {where}"


def all_names() -> Bearers:
    """About two seconds per million persons."""
    return Bearers(last_person() + 1, chunks(names_at_hand()))


def names_of(person_ids: Sequence[int]) -> list[Names]:
    """The names of these persons; those who are gone have none."""
    found = {person_id: Names(person_id, "", "") for person_id in person_ids}
    with connection.cursor() as cursor:
        for some in slices(person_ids):
            cursor.execute(names_at_hand(f"WHERE person_id IN ({', '.join(['%s'] * len(some))})"), some)
            found |= {row[0]: Names._make(row) for row in cursor.fetchall()}
    return list(found.values())


def last_person() -> int:
    last = DirectoryEntry.objects.order_by("-person_id").values_list("person_id", flat=True).first()
    return last or 0


def chunks(statement: str) -> Iterator[list[Sequence[Any]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows


def entries_of(person_ids: Sequence[int]) -> list[Sequence[Any]]:
    """The rows of these persons; those who are gone have none."""
    found: list[Sequence[Any]] = []
    with connection.cursor() as cursor:
        for some in slices(person_ids):
            cursor.execute(selection(f"WHERE person_id IN ({', '.join(['%s'] * len(some))})"), some)
            found += cursor.fetchall()
    return found


def further_of(person_ids: Sequence[int]) -> list[Sequence[Any]]:
    """The further studies of these persons."""
    found: list[Sequence[Any]] = []
    with connection.cursor() as cursor:
        for some in slices(person_ids):
            cursor.execute(beside(f"AND study.person_id IN ({', '.join(['%s'] * len(some))})"), some)
            found += cursor.fetchall()
    return found


def seen_since(seq: int) -> list[tuple[int, int, str]]:
    """
    Who sees the persons that have changed, and how they are called.

    Nothing else is: this is for when too many have to be read at once.
    """
    changed = DirectoryChange.objects.filter(seq__gt=seq).values("person_id")
    entries = DirectoryEntry.objects.filter(person_id__in=changed)
    return list(entries.values_list("person_id", "mask", "sort").iterator(AT_ONCE))


def persons_changed_since(seq: int) -> set[int]:
    changed = DirectoryChange.objects.filter(seq__gt=seq)
    return set(changed.values_list("person_id", flat=True).iterator(AT_ONCE))


def name_terms(lexicons: dict[str, Lexicon], numbers: Iterable[int] | None = None) -> None:
    """Learn the spelling of all terms, or of these."""
    kinds = {facet.name for facet in TERM_FACETS}
    if numbers is None:
        named = Term.objects.filter(kind__in=kinds).values_list("kind", "id", "label")
        for kind, number, label in named.iterator(AT_ONCE):
            lexicons[kind].name([(number, label)])
        return
    for some in slices(sorted(numbers)):
        for kind, number, label in Term.objects.filter(id__in=some, kind__in=kinds).values_list("kind", "id", "label"):
            lexicons[kind].name([(number, label)])


def newest_change() -> int:
    newest = DirectoryChange.objects.order_by("-seq").values_list("seq", flat=True).first()
    return newest or 0


def slices(items: Sequence[int]) -> Iterator[Sequence[int]]:
    return (items[at : at + SLICE] for at in range(0, len(items), SLICE))
