"""What people and their tools read without us: persons and what hangs on them, in words instead of numbers."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import orjson

from lierre.foundation.export import guarded
from lierre.people.exporting import portraits
from lierre.people.exporting.reading import Reading
from lierre.people.exporting.tables import ranges
from lierre.people.fold import Policy, Testimony
from lierre.people.fold.folding import Folded, fold_scalars
from lierre.people.models.imports import EPOCH
from lierre.people.models.policy import policy_in_force

PERSON: Final = (
    "id", "public_id", "given", "family", "usage", "born", "sex", "died", "lost", "do_not_contact", "heard",
    "completeness",
)  # fmt: skip
STUDY: Final = ("person_id", "degree_id", "year", "unit_id", "level", "discipline_id", "honours", "obtained")
POSITION: Final = (
    "person_id", "employer_id", "title", "occupation_id", "sector_id", "city", "department", "country", "started",
    "ended", "is_current",
)  # fmt: skip
CONTACT: Final = ("person_id", "kind", "value", "use", "confirmed", "refused")
HANGING: Final = {"people_study": STUDY, "people_position": POSITION, "people_contactpoint": CONTACT}
FLAGS: Final = frozenset({"obtained", "is_current", "confirmed", "refused"})
RISKY: Final = frozenset("=+-@\t\r ＝＋－＠\u00a0\u202f\u3000")

# What somebody says of themselves, which no table of persons holds: it is folded again from the few records that say it.
OWN_WORDS: Final = ("headline", "summary", "skills", "languages", "certifications")
SAYING: Final = " OR ".join(f"record.facts LIKE '%\"{name}\":%'" for name in OWN_WORDS)
SAID: Final = (
    "SELECT record.person_id, record.id, source.kind, record.asserted, record.facts FROM people_record record"
    " JOIN people_source source ON source.id = record.source_id WHERE record.person_id BETWEEN {first} AND {last}"
    f" AND ({SAYING}) ORDER BY record.person_id, record.id"
)

Row = dict[str, Any]


class Words:
    """Numbers of terms, in words."""

    def __init__(self, reading: Reading) -> None:
        self.labels: dict[int | None, str] = dict(reading.all("SELECT id, label FROM people_term"))

    def columns(self, reading: Reading, name: str, first: int, last: int) -> dict[str, Sequence[Any]]:
        """What hangs on a range of persons, in the order of their numbers, column by column."""
        names = ", ".join(f'"{column}"' for column in HANGING[name])
        sql = f"SELECT {names} FROM {name} WHERE person_id BETWEEN {first} AND {last} ORDER BY person_id, id"
        found: dict[str, Sequence[Any]] = {}
        for column, values in zip(HANGING[name], by_column(reading.all(sql), len(HANGING[name])), strict=True):
            if column in FLAGS:
                found[column] = [None if value is None else bool(value) for value in values]
            elif column.endswith("_id") and column != "person_id":
                found[column.removesuffix("_id")] = [self.labels.get(value, "") for value in values]
            else:
                found[column] = values
        return found


def by_column(rows: Sequence[Sequence[Any]], width: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def persons_of(reading: Reading, first: int, last: int) -> dict[str, Sequence[Any]]:
    names = ", ".join(f'"{column}"' for column in PERSON)
    rows = reading.all(f"SELECT {names} FROM people_person WHERE id BETWEEN {first} AND {last} ORDER BY id")
    found = dict(zip(PERSON, by_column(rows, len(PERSON)), strict=True))
    for flag in ("lost", "do_not_contact"):
        found[flag] = list(map(bool, found[flag]))
    found["heard_on"] = [day_of(heard) for heard in found.pop("heard")]
    return found


@lru_cache(maxsize=20_000)
def day_of(heard: int) -> str:
    return (EPOCH + timedelta(days=heard)).isoformat() if heard else ""


def own_words(reading: Reading, first: int, last: int, policy: Policy) -> dict[int, Row]:
    """The winning values, person by person."""
    found: dict[int, Row] = {}
    for person_id, said in groupby(reading.all(SAID.format(first=first, last=last)), key=itemgetter(0)):
        folded = Folded()
        told = [Testimony(number, kind, day, orjson.loads(facts)) for _, number, kind, day, facts in said]
        fold_scalars(folded, told, policy)
        found[person_id] = {name: folded.values[name] for name in OWN_WORDS if name in folded.values}
    return found


def as_rows(columns: dict[str, Sequence[Any]]) -> list[Row]:
    return [dict(zip(columns, row)) for row in zip(*columns.values())]  # noqa: B905 - by the million


PORTRAITS: Final = {"persons/schema.org.jsonl": portraits.schema_org, "persons/jsonresume.jsonl": portraits.resume}
PERSONS_CSV: Final = "csv/persons.csv"
HANGING_CSV: Final = {
    "csv/studies.csv": "people_study", "csv/positions.csv": "people_position", "csv/contact_points.csv": "people_contactpoint",
}  # fmt: skip
READABLE: Final = (PERSONS_CSV, *HANGING_CSV, *PORTRAITS)


def headers() -> Iterator[tuple[str, bytes]]:
    """What stands first in each table."""
    yield PERSONS_CSV, csv_lines([[*(column for column in PERSON if column != "heard"), "heard_on"]])
    for name, table in HANGING_CSV.items():
        shown = [column.removesuffix("_id") for column in HANGING[table] if column != "person_id"]
        yield name, csv_lines([["person", *shown]])


def told(reading: Reading) -> Iterator[tuple[str, int, bytes]]:
    """Everybody, thousands at a time, each read once for all the files: the file, how many rows, what they say."""
    words, policy = Words(reading), policy_in_force()
    for first, last in ranges(reading):
        persons = persons_of(reading, first, last)
        public = dict(zip(persons["id"], persons["public_id"], strict=True))
        yield PERSONS_CSV, len(persons["id"]), csv_columns(list(persons.values()))
        hanging = {table: words.columns(reading, table, first, last) for table in HANGING}
        for name, table in HANGING_CSV.items():
            numbers, *others = hanging[table].values()
            addresses = [public.get(number, "") for number in numbers]
            yield name, len(numbers), csv_columns([addresses, *others])
        own = own_words(reading, first, last, policy)
        told_of = [person | own.get(person["id"], {}) for person in as_rows(persons)]
        yield from drawn(told_of, [by_person(as_rows(hanging[table])) for table in HANGING])


def drawn(persons: Sequence[Row], hanging: Sequence[dict[int, list[Row]]]) -> Iterator[tuple[str, int, bytes]]:
    """One line of JSON for each person. One who has no name has no page: they were merged, or only an account names them."""
    shown = [
        (person, [rows.get(person["id"], ()) for rows in hanging])
        for person in persons
        if person["given"] or person["family"] or person["usage"]
    ]
    for name, portrait in PORTRAITS.items():
        lines = [orjson.dumps(portrait(person, *rows), option=orjson.OPT_APPEND_NEWLINE) for person, rows in shown]
        yield name, len(lines), b"".join(lines)


def by_person(rows: Sequence[Row]) -> dict[int, list[Row]]:
    return {person: list(some) for person, some in groupby(rows, key=itemgetter("person_id"))}


def csv_lines(rows: Sequence[Sequence[Any]]) -> bytes:
    return csv_columns(by_column(rows, 0))


def csv_columns(columns: Sequence[Sequence[Any]]) -> bytes:
    """With semicolons, in UTF-8; a cell can never become a formula."""
    text = io.StringIO()
    rows = zip(*map(in_cells, columns), strict=True)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def in_cells(column: Sequence[Any]) -> Sequence[Any]:
    """Most columns hold numbers, or text of which none could be taken for a formula: they are written as they are."""
    kinds = set(map(type, column)) - {type(None)}
    if kinds <= {int, float}:
        return column
    if kinds == {str} and RISKY.isdisjoint({value[0] for value in column if value}):
        return column
    return [cell(value) for value in column]


def cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value) if value[:1] in RISKY else value
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return "true" if value is True else "false" if value is False else value
