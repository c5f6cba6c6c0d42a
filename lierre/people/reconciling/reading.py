"""Persons of the base, as columns: all of them, or some."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from django.db import connection

from lierre.people.matching.table import Table, Values
from lierre.people.projection import among, held, sliced
from lierre.people.reconciling.columns import TYPES

AT_ONCE: Final = 20_000
SOME: Final = 900
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
    return _table(_rows(f"{PERSONS} ORDER BY person.id, job.id", []), _studies(STUDIES, []), _emails(EMAILS, []))


def persons(numbers: Sequence[int]) -> Table:
    """These persons, in the order of their numbers; those who are gone are left out."""
    found: list[Sequence[Any]] = []
    studies: dict[int, tuple[int, int, str]] = {}
    emails: dict[int, tuple[int, str]] = {}
    for some in sliced(sorted(numbers), SOME):
        chosen, values = among(some), held(some)
        found += list(_rows(f"{PERSONS} AND person.id {chosen} ORDER BY person.id, job.id", values))
        studies |= _studies(f"{STUDIES} WHERE study.person_id {chosen}", values)
        emails |= _emails(f"{EMAILS} AND person_id {chosen}", values)
    return _table(iter(found), studies, emails)


def _table(
    rows: Iterator[Sequence[Any]], studies: dict[int, tuple[int, int, str]], emails: dict[int, tuple[int, str]]
) -> Table:
    known: dict[str, dict[str, int]] = {name: {} for name in TYPES}
    codes: dict[str, list[int]] = {name: [] for name in TYPES}
    ids: list[int] = []

    def put(name: str, value: str) -> None:
        column = known[name]
        codes[name].append(column.setdefault(value, len(column)))

    for number, given, family, usage, born, sex, employer, city in rows:
        if ids and ids[-1] == number:  # somebody with two jobs of the moment has one line
            continue
        ids.append(number)
        year, _study, degree = studies.get(number, (0, 0, ""))
        for name, value in (
            ("given", given), ("family", family), ("usage", usage), ("born", born), ("sex", SEXES[sex or 0]),
            ("employer", employer or ""), ("city", city or ""), ("degree", degree or ""), ("year", str(year or "")),
            ("email", emails.get(number, (0, ""))[1]),
        ):  # fmt: skip
            put(name, value)
    columns = {name: Values(list(known[name]), np.array(codes[name], dtype=np.int32)) for name in TYPES}
    return Table(ids, columns)  # type: ignore[arg-type]


def _studies(statement: str, values: list[Any]) -> dict[int, tuple[int, int, str]]:
    """The latest of each person; of two of one year, the first written."""
    found: dict[int, tuple[int, int, str]] = {}
    for person, year, number, degree in _rows(statement, values):
        mine = (year or 0, -number, degree or "")
        if mine > found.get(person, (-1, 0, "")):
            found[person] = mine
    return found


def _emails(statement: str, values: list[Any]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for person, number, value in _rows(statement, values):
        if person not in found or number < found[person][0]:
            found[person] = number, value
    return found


def _rows(statement: str, values: list[Any]) -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while some := cursor.fetchmany(AT_ONCE):
            yield from some
