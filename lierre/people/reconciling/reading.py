"""Persons of the base, as columns: all of them, or some."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

import numpy as np
from django.db import connection

from lierre.people.matching.table import Table, Values
from lierre.people.projection import sliced
from lierre.people.reconciling.columns import TYPES

AT_ONCE: Final = 20_000
SOME: Final = 4_000
FIRST: Final = itemgetter(0)
NOTHING: Final = (-1, 0, "")
UNSTUDIED: Final = (0, 0, "")
UNWRITTEN: Final = (0, "")
SEXES: Final = ("", "f", "m", "")
PERSONS: Final = (
    "SELECT person.id, person.given, person.family, person.usage, person.born, person.sex, employer.label, job.city"
    " FROM people_person person"
    " LEFT JOIN people_position job ON job.person_id = person.id AND job.is_current"
    " LEFT JOIN people_term employer ON employer.id = job.employer_id"
    " WHERE person.record_id IS NOT NULL"
)
STUDIES: Final = (
    "SELECT study.person_id, study.year, study.id, degree.label FROM people_study study"
    " LEFT JOIN people_term degree ON degree.id = study.degree_id"
)
EMAILS: Final = "SELECT person_id, id, value FROM people_contactpoint WHERE kind = 'email'"


def whole_base() -> Table:
    """Everybody, in the order of their numbers."""
    return _table(_lots(f"{PERSONS} ORDER BY person.id, job.id"), _studies(_rows(STUDIES)), _emails(_rows(EMAILS)))


def persons(numbers: Sequence[int]) -> Table:
    """These persons, in the order of their numbers; those who are gone are left out."""
    found: list[Sequence[Any]] = []
    studies: dict[int, tuple[int, int, str]] = {}
    emails: dict[int, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        for some in sliced(sorted(numbers), SOME):
            chosen, values = chosen_among(some)
            for statement, take in (
                (f"{PERSONS} AND person.id {chosen} ORDER BY person.id, job.id", found.extend),
                (f"{STUDIES} WHERE study.person_id {chosen}", lambda rows: studies.update(_studies(rows))),
                (f"{EMAILS} AND person_id {chosen}", lambda rows: emails.update(_emails(rows))),
            ):
                cursor.execute(statement, values)
                take(cursor.fetchall())
    return _table([found], studies, emails)


def chosen_among(numbers: Sequence[int]) -> tuple[str, list[Any]]:
    """The end of a condition, and its value: one statement however many they are, which is prepared once."""
    if connection.vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))", [f"[{','.join(map(str, numbers))}]"]
    return "= ANY(%s::bigint[])", [list(numbers)]


def _table(
    lots: Iterable[Sequence[Sequence[Any]]],
    studies: dict[int, tuple[int, int, str]],
    emails: dict[int, tuple[int, str]],
) -> Table:
    """Column by column, a lot of rows at a time. Somebody with two jobs of the moment has one line."""
    known: dict[str, dict[str, int]] = {name: {} for name in TYPES}
    codes: dict[str, list[int]] = {name: [] for name in TYPES}
    ids: list[int] = []
    for rows in lots:
        once = [
            row for row, last in zip(rows, chain(ids[-1:] or [0], map(FIRST, rows)), strict=False) if row[0] != last
        ]
        if not once:
            continue
        numbers, given, family, usage, born, sexes, employers, cities = zip(*once, strict=True)
        ids += numbers
        studied = [studies.get(number, UNSTUDIED) for number in numbers]
        for name, values in (
            ("given", given), ("family", family), ("usage", usage), ("born", born),
            ("sex", (SEXES[sex or 0] for sex in sexes)), ("employer", (label or "" for label in employers)),
            ("city", (city or "" for city in cities)), ("degree", (each[2] for each in studied)),
            ("year", (str(each[0] or "") for each in studied)),
            ("email", (emails.get(number, UNWRITTEN)[1] for number in numbers)),
        ):  # fmt: skip
            column = known[name]
            codes[name] += [column.setdefault(value, len(column)) for value in values]
    columns = {name: Values(list(known[name]), np.array(codes[name], dtype=np.int32)) for name in TYPES}
    return Table(ids, columns)  # type: ignore[arg-type]


def _studies(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[int, int, str]]:
    """The latest of each person; of two of one year, the first written."""
    found: dict[int, tuple[int, int, str]] = {}
    for person, year, number, degree in rows:
        mine = (year or 0, -number, degree or "")
        if mine > found.get(person, NOTHING):
            found[person] = mine
    return found


def _emails(rows: Iterable[Sequence[Any]]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for person, number, value in rows:
        if person not in found or number < found[person][0]:
            found[person] = number, value
    return found


def _rows(statement: str) -> Iterator[Sequence[Any]]:
    return chain.from_iterable(_lots(statement))


def _lots(statement: str) -> Iterator[Sequence[Sequence[Any]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while some := cursor.fetchmany(AT_ONCE):
            yield some
