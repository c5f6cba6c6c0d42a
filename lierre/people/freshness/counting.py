"""Counting the freshness of the base: a few grouped questions, some seconds for a million persons, once a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from lierre.foundation.periods import months_later
from lierre.people.directory.facets import BANDS
from lierre.people.models import FreshnessCount, Term
from lierre.people.models.imports import EPOCH

# The same two years as the filter of the directory, so that a figure and the list it leads to agree.
TWO_YEARS: Final = timedelta(days=BANDS["deux-ans"][0])
MONTHS: Final = 24
MOST_PARTS: Final = 1_000
By = FreshnessCount.By

# Somebody is counted under each of their studies, once under each value: as the directory finds them.
STUDIED: Final = "(SELECT DISTINCT person_id, {column} AS value FROM people_study)"
WORKED: Final = "(SELECT person_id, {column} AS value FROM people_directoryentry)"
PARTS: Final = {
    By.CLASS: STUDIED.format(column="year"),
    By.DEGREE: STUDIED.format(column="degree_id"),
    By.UNIT: STUDIED.format(column="unit_id"),
    By.EMPLOYER: WORKED.format(column="employer_id"),
}
LIVING: Final = "person.died = '' AND person.record_id IS NOT NULL"
# Somebody who asked not to be contacted is not somebody we can reach.
REACHED: Final = (
    "(SELECT DISTINCT contact.person_id FROM people_contactpoint contact WHERE contact.kind = 'email'"
    " AND NOT contact.refused) reached ON reached.person_id = person.id AND NOT person.do_not_contact"
)
COUNTS: Final = (
    "count(*), count(reached.person_id), sum(CASE WHEN person.heard >= %s THEN 1 ELSE 0 END),"
    " sum(CASE WHEN person.heard >= %s AND reached.person_id IS NOT NULL THEN 1 ELSE 0 END)"
)
WHOLE: Final = f"SELECT {COUNTS} FROM people_person person LEFT JOIN {REACHED} WHERE {LIVING}"
PART: Final = (
    f"SELECT part.value, {COUNTS} FROM {{part}} part JOIN people_person person"
    f" ON person.id = part.person_id LEFT JOIN {REACHED} WHERE {LIVING} AND part.value IS NOT NULL"
    " GROUP BY part.value ORDER BY 2 DESC LIMIT %s"
)
SURELY: Final = f"""
SELECT count(DISTINCT contact.person_id) FROM people_contactpoint contact
JOIN people_person person ON person.id = contact.person_id LEFT JOIN people_record record ON record.id = contact.record_id
WHERE contact.kind = 'email' AND NOT contact.refused AND NOT person.do_not_contact AND {LIVING}
AND (contact.confirmed OR record.asserted >= %s)
"""
WORKING: Final = f"""
SELECT count(DISTINCT position.person_id), count(DISTINCT CASE WHEN record.asserted >= %s THEN position.person_id END)
FROM people_position position JOIN people_person person ON person.id = position.person_id
LEFT JOIN people_record record ON record.id = position.record_id WHERE position.is_current AND {LIVING}
"""
SAID: Final = (
    "SELECT record.person_id, record.asserted FROM people_record record"
    f" JOIN people_person person ON person.id = record.person_id WHERE {LIVING}"
)


def count_freshness(today: date | None = None) -> int:
    """Count, then write it all at once in place of the parts of the day before. Answers how many parts there are."""
    day = today or timezone.localdate()
    counted = [whole(day), *(row for by in PARTS for row in parts(by, day)), *months(day)]
    with transaction.atomic():
        FreshnessCount.objects.exclude(by=By.WHOLE).delete()
        FreshnessCount.objects.filter(by=By.WHOLE, day=day).delete()
        FreshnessCount.objects.bulk_create(counted, batch_size=500)
    return len(counted)


def since(day: date) -> int:
    """From which day, as records count them, something said is less than two years old."""
    return (day - TWO_YEARS - EPOCH).days + 1


def asked(question: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def whole(day: date) -> FreshnessCount:
    recent = since(day)
    ((living, reachable, confirmed, fresh),) = asked(WHOLE, recent, recent)
    ((surely,),) = asked(SURELY, recent)
    ((working, working_confirmed),) = asked(WORKING, recent)
    ((known,),) = asked("SELECT count(*) FROM people_person WHERE record_id IS NOT NULL")
    return FreshnessCount(
        day=day, by=By.WHOLE, known=known, living=living, reachable=reachable, surely=surely,
        confirmed=confirmed or 0, fresh=fresh or 0, working=working, working_confirmed=working_confirmed,
    )  # fmt: skip


def parts(by: FreshnessCount.By, day: date) -> Iterator[FreshnessCount]:
    """The largest parts. A part is named as the directory names it, so that a line leads to its persons."""
    recent = since(day)
    found = asked(PART.format(part=PARTS[by]), recent, recent, MOST_PARTS)
    labels = {} if by == By.CLASS else Term.objects.in_bulk([row[0] for row in found])
    for value, living, reachable, confirmed, fresh in found:
        yield FreshnessCount(
            day=day, by=by, label=str(labels.get(value, value)), living=living, reachable=reachable,
            confirmed=confirmed, fresh=fresh,
        )  # fmt: skip


def months(day: date) -> Iterator[FreshnessCount]:
    """Month by month, who was known then and had been heard of within two years: read in the dates of what was said."""
    with connection.cursor() as cursor:
        cursor.execute(SAID)
        # Number by number: a million tuples at once would take half a gigabyte.
        said = np.fromiter(chain.from_iterable(cursor), np.int64).reshape(-1, 2)
    order = np.lexsort((said[:, 1], said[:, 0]))
    person, asserted = said[order, 0], said[order, 1]
    is_first = np.r_[True, person[1:] != person[:-1]][: len(person)]
    following = np.r_[np.where(is_first[1:], np.iinfo(np.int64).max, asserted[1:]), [np.iinfo(np.int64).max]][
        : len(person)
    ]
    for number in range(MONTHS, -1, -1):
        month = months_later(day.replace(day=1), -number)
        end = min(months_later(month, 1) - timedelta(days=1), day)
        last = (end - EPOCH).days
        known = int((asserted[is_first] <= last).sum())
        # The last thing said of a person by then is the one that nothing follows before.
        confirmed = int(((asserted <= last) & (asserted >= since(end)) & (following > last)).sum())
        yield FreshnessCount(day=day, by=By.MONTH, label=f"{month:%Y-%m}", living=known, confirmed=confirmed)
