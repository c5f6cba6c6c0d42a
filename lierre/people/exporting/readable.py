"""What people and their tools read without us: persons and what hangs on them, in words instead of numbers."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import orjson

from lierre.foundation.export import guarded
from lierre.people.exporting import portraits
from lierre.people.exporting.reading import Reading
from lierre.people.exporting.tables import ranges
from lierre.people.models.imports import EPOCH

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
RISKY: Final = frozenset("=+-@\t\r ＝＋－＠\u00a0\u202f\u3000")

Row = dict[str, Any]


class Words:
    """Numbers of terms, in words."""

    def __init__(self, reading: Reading) -> None:
        self.labels: dict[int | None, str] = dict(reading.all("SELECT id, label FROM people_term"))

    def table(self, reading: Reading, name: str, first: int, last: int) -> list[Row]:
        """The rows of a range of persons, in the order of their numbers."""
        columns = HANGING[name]
        names = ", ".join(f'"{column}"' for column in columns)
        sql = f"SELECT {names} FROM {name} WHERE person_id BETWEEN {first} AND {last} ORDER BY person_id, id"
        shown = [column.removesuffix("_id") if column != "person_id" else column for column in columns]
        terms = [at for at, column in enumerate(columns) if column.endswith("_id") and column != "person_id"]
        flags = [
            at for at, column in enumerate(columns) if column in {"obtained", "is_current", "confirmed", "refused"}
        ]
        found = []
        for row in reading.all(sql):
            values = list(row)
            for at in terms:
                values[at] = self.labels.get(values[at], "")
            for at in flags:
                values[at] = None if values[at] is None else bool(values[at])
            found.append(dict(zip(shown, values, strict=True)))
        return found


def persons_of(reading: Reading, first: int, last: int) -> list[Row]:
    names = ", ".join(f'"{column}"' for column in PERSON)
    rows = reading.all(f"SELECT {names} FROM people_person WHERE id BETWEEN {first} AND {last} ORDER BY id")
    found = []
    for row in rows:
        person = dict(zip(PERSON, row, strict=True))
        heard = person.pop("heard")
        person["heard_on"] = (EPOCH + timedelta(days=heard)).isoformat() if heard else ""
        person["lost"], person["do_not_contact"] = bool(person["lost"]), bool(person["do_not_contact"])
        found.append(person)
    return found


Portrait = Callable[[Row, Sequence[Row], Sequence[Row], Sequence[Row]], dict[str, Any]]


def drawn(reading: Reading, words: Words, portrait: Portrait) -> Iterator[tuple[int, bytes]]:
    """One line of JSON for each person. One who has no name has no page: they were merged, or only an account names them."""
    for first, last in ranges(reading):
        hanging = [by_person(words.table(reading, name, first, last)) for name in HANGING]
        lines = [
            orjson.dumps(
                portrait(person, *(rows.get(person["id"], ()) for rows in hanging)), option=orjson.OPT_APPEND_NEWLINE
            )
            for person in persons_of(reading, first, last)
            if person["given"] or person["family"] or person["usage"]
        ]
        yield len(lines), b"".join(lines)


def schema_org(reading: Reading, words: Words) -> Iterator[tuple[int, bytes]]:
    return drawn(reading, words, portraits.schema_org)


def resumes(reading: Reading, words: Words) -> Iterator[tuple[int, bytes]]:
    return drawn(reading, words, portraits.resume)


def by_person(rows: Sequence[Row]) -> dict[int, list[Row]]:
    return {person: list(some) for person, some in groupby(rows, key=itemgetter("person_id"))}


def persons_csv(reading: Reading, _words: Words) -> Iterator[tuple[int, bytes]]:
    header = [*(column for column in PERSON if column != "heard"), "heard_on"]
    yield 0, csv_lines([header])
    for first, last in ranges(reading):
        rows = persons_of(reading, first, last)
        yield len(rows), csv_lines([[row[name] for name in header] for row in rows])


def hanging_csv(name: str) -> Callable[[Reading, Words], Iterator[tuple[int, bytes]]]:
    """Each row with the public identifier of its person in front."""

    def lines(reading: Reading, words: Words) -> Iterator[tuple[int, bytes]]:
        header = [column.removesuffix("_id") for column in HANGING[name] if column != "person_id"]
        yield 0, csv_lines([["person", *header]])
        for first, last in ranges(reading):
            public: dict[int, str] = dict(
                reading.all(f"SELECT id, public_id FROM people_person WHERE id BETWEEN {first} AND {last}")
            )
            rows = words.table(reading, name, first, last)
            yield len(rows), csv_lines([[public.get(row.pop("person_id"), ""), *row.values()] for row in rows])

    return lines


def csv_lines(rows: Sequence[Sequence[Any]]) -> bytes:
    """With semicolons, in UTF-8; a cell can never become a formula."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[cell(value) for value in row] for row in rows])
    return text.getvalue().encode()


def cell(value: Any) -> Any:
    if isinstance(value, str):
        return guarded(value) if value[:1] in RISKY else value
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return "true" if value is True else "false" if value is False else value


READABLE: Final[dict[str, Callable[[Reading, Words], Iterator[tuple[int, bytes]]]]] = {
    "csv/persons.csv": persons_csv,
    "csv/studies.csv": hanging_csv("people_study"),
    "csv/positions.csv": hanging_csv("people_position"),
    "csv/contact_points.csv": hanging_csv("people_contactpoint"),
    "persons/schema.org.jsonl": schema_org,
    "persons/jsonresume.jsonl": resumes,
}
