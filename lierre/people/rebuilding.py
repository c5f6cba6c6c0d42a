"""Folds the whole base again and compares: no difference is the invariant of Lierre."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from lierre.foundation.bulk import write_in_turn
from lierre.people import projection
from lierre.people.fold import Policy, fold, rows_of
from lierre.people.models import Person, Record
from lierre.people.models.policy import policy_in_force
from lierre.people.refold import PERSONS_AT_ONCE, Spoken, hear_range, lock, records_of, still_theirs, write_sheaf

EXAMPLES: Final = 20

Advance = Callable[[int], object]


@dataclass(slots=True)
class Difference:
    """Rows of one person that are not what their records say."""

    person: int
    table: str
    missing: int
    unexpected: int


@dataclass(slots=True)
class Report:
    persons: int = 0
    differing: int = 0
    terms: int = 0  # used, and not known
    by_table: Counter[str] = field(default_factory=Counter)
    examples: list[Difference] = field(default_factory=list)

    @property
    def differences(self) -> int:
        return self.differing + self.terms


def rebuild(*, only_check: bool, advance: Advance = int) -> Report:
    """Compare every person with the fold of their records; write those that differ unless `only_check`."""
    report, policy = Report(), policy_in_force()
    for first, last in ranges():
        spoken = hear_range(first, last)
        differing = compare_range(first, last, spoken, policy, report)
        if differing and not only_check:
            mend(differing, policy)
        advance(report.persons)
    if not only_check:
        mend(persons_whose_terms_are_unknown(), policy)
        forget_unused_terms()
    report.terms = unknown_terms()
    return report


def ranges() -> Iterator[tuple[int, int]]:
    """Ranges of numbers that together hold every person, including one that only a record still names."""
    person = Person.objects.order_by("-id").values_list("id", flat=True).first() or 0
    named = (
        Record.objects.filter(person__isnull=False).order_by("-person_id").values_list("person_id", flat=True).first()
    )
    last = max(person, named or 0)
    for first in range(1, last + 1, PERSONS_AT_ONCE):
        yield first, first + PERSONS_AT_ONCE - 1


def compare_range(first: int, last: int, spoken: Spoken, policy: Policy, report: Report) -> set[int]:
    """The persons of a range whose rows are not those of their fold."""
    expected = projection.Sheaf()
    for person_id, said in spoken.items():
        if said:
            expected.add(rows_of(person_id, fold(said, policy)))
    report.persons += len(spoken)
    differing: set[int] = set()
    for table, columns, key, rows in expected_tables(expected):
        wanted = Counter(map(compared, rows))
        found = Counter(map(compared, stored(table, columns, key, first, last)))
        if wanted == found:
            continue
        missing, unexpected = wanted - found, found - wanted
        for person_id in sorted({row[0] for row in (*missing, *unexpected)}):
            differing.add(person_id)
            report.by_table[table] += 1
            if len(report.examples) < EXAMPLES:
                lost = sum(count for row, count in missing.items() if row[0] == person_id)
                extra = sum(count for row, count in unexpected.items() if row[0] == person_id)
                report.examples.append(Difference(person_id, table, lost, extra))
    report.differing += len(differing)
    return differing


def expected_tables(sheaf: projection.Sheaf) -> Iterator[tuple[str, tuple[str, ...], str, Any]]:
    yield "people_person", ("id", *projection.PERSON), "id", sheaf.persons
    yield "people_study", projection.STUDY, "person_id", sheaf.studies
    yield "people_position", projection.POSITION, "person_id", sheaf.positions
    yield "people_contactpoint", projection.CONTACT, "person_id", sheaf.contacts
    yield "people_directoryentry", projection.ENTRY, "person_id", sheaf.entries


def stored(table: str, columns: tuple[str, ...], key: str, first: int, last: int) -> list[tuple[Any, ...]]:
    """Rows as they stand. A person who is only named by a decision has an empty row: it is left aside."""
    heard = " AND record_id IS NOT NULL" if table == "people_person" else ""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} WHERE {key} BETWEEN %s AND %s{heard}", [first, last])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def compared(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Booleans are numbers on SQLite."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def mend(persons: set[int], policy: Policy) -> None:
    """Write these persons as their records say."""
    for some in projection.sliced(sorted(persons), PERSONS_AT_ONCE):
        spoken = hear_range(min(some), max(some))
        spoken = {person_id: spoken.get(person_id, []) for person_id in some}
        with write_in_turn():
            lock(some)
            if still_theirs(some, records_of(spoken)):
                sheaf = projection.Sheaf()
                for person_id, said in spoken.items():
                    if said:
                        sheaf.add(rows_of(person_id, fold(said, policy)))
                standing = set(Person.objects.filter(pk__in=some).values_list("pk", flat=True))
                projection.clear([person_id for person_id in some if person_id not in standing])
                write_sheaf(sheaf, {person_id: spoken[person_id] for person_id in some if person_id in standing})


USES: Final = (
    ("people_study", "degree_id"), ("people_study", "unit_id"), ("people_study", "discipline_id"),
    ("people_position", "employer_id"), ("people_position", "occupation_id"), ("people_position", "sector_id"),
    ("people_directoryentry", "department_id"), ("people_directoryentry", "country_id"),
)  # fmt: skip


USED: Final = " UNION ".join(
    f"SELECT {column} AS number FROM {table} WHERE {column} IS NOT NULL" for table, column in USES
)
NOT_KNOWN: Final = "NOT EXISTS (SELECT 1 FROM people_term WHERE id = used.number)"


def unknown_terms() -> int:
    """Terms that are used, which nobody wrote down."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({USED}) used WHERE {NOT_KNOWN}")
        return int(cursor.fetchone()[0])


def persons_whose_terms_are_unknown() -> set[int]:
    """Those who are to be written again, so that their terms are."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for table, column in USES:
            cursor.execute(
                f"SELECT person_id FROM {table} WHERE {column} IS NOT NULL"
                f" AND NOT EXISTS (SELECT 1 FROM people_term WHERE id = {table}.{column})"
            )
            found.update(person for (person,) in cursor.fetchall())
    return found


def forget_unused_terms() -> None:
    with write_in_turn() as held, held.cursor() as cursor:
        cursor.execute(f"DELETE FROM people_term WHERE id NOT IN ({USED})")
