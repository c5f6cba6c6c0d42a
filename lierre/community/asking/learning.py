"""Reads in the base how long positions stay true: each person's testimonies about what they do, two by two."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any, Final

from django.db import connection
from django.db.models import Max

from lierre.community.asking.hazard import Hazard
from lierre.people.fold.text import folded
from lierre.people.json_text import parsed
from lierre.people.models import Person

MOST_PERSONS: Final = 200_000  # drawn by their number: more would teach nothing more
NEAREST: Final = 30  # days: two files of the same season are one testimony

SPOKEN: Final = """
SELECT record.person_id, record.asserted, record.facts FROM people_record record
WHERE record.person_id IS NOT NULL AND record.facts LIKE '%%"positions":%%' AND record.person_id %% %s = 0
AND EXISTS (SELECT 1 FROM people_record other WHERE other.person_id = record.person_id AND other.id <> record.id)
ORDER BY record.person_id, record.asserted, record.id
"""


def learn() -> Hazard:
    return Hazard.learn(pairs())


def pairs() -> Iterator[tuple[int, bool]]:
    """Days between two testimonies of one person, and whether none of the positions they held was held any more."""
    step = max(1, (Person.objects.aggregate(last=Max("pk"))["last"] or 0) // MOST_PERSONS)
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, [step])
        for _person, said in groupby(rows(cursor), key=lambda row: row[0]):
            held = [(day, current(facts)) for _id, day, facts in said]
            for (day, before), (later, after) in pairwise([each for each in held if each[1]]):
                if later - day >= NEAREST:
                    yield later - day, not before & after


def rows(cursor: Any) -> Iterator[tuple[int, int, str]]:
    while some := cursor.fetchmany(5_000):
        yield from some


def current(facts: str) -> set[str]:
    """Where a testimony says that they work; what they do, when it does not say where.

    Two sources word the same title in two ways more often than the same employer.
    """
    held = [position for position in parsed(facts).get("positions", ()) if not position.get("ended")]
    return {folded(position.get("employer") or position.get("title", "")) for position in held} - {""}
