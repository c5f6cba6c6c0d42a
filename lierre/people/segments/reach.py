"""Who can be written to, person by person, in arrays: kept in step with the base as the directory is."""

from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Max

from lierre.people.directory.columns import Ids
from lierre.people.models import ContactPoint, DirectoryChange, Person
from lierre.people.projection import SLICE, sliced

Marks = npt.NDArray[np.uint8]
DECEASED: Final = 1
LOST: Final = 2
DO_NOT_CONTACT: Final = 4
HAS_EMAIL: Final = 8
TAKES_MAIL: Final = 16  # at least one address that mail does not come back from
# Beyond, reading all of it again is quicker.
MANY: Final = 20_000
PERSONS: Final = (
    "SELECT id, CASE WHEN died <> '' THEN 1 ELSE 0 END + CASE WHEN lost THEN 2 ELSE 0 END"
    " + CASE WHEN do_not_contact THEN 4 ELSE 0 END FROM people_person"
    " WHERE died <> '' OR lost OR do_not_contact"
)
EMAILS: Final = (
    "SELECT person_id, max(CASE WHEN refused THEN 8 ELSE 24 END) FROM people_contactpoint WHERE kind = 'email'"
    " GROUP BY person_id"
)


class Reach:
    def __init__(self) -> None:
        self.seq = newest()
        size = (Person.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.marks: Marks = np.zeros(size, np.uint8)
        for sql in (PERSONS, EMAILS):
            with connection.cursor() as cursor:
                cursor.execute(sql)
                while rows := cursor.fetchmany(50_000):
                    pairs = np.array(rows, np.int64)
                    pairs = pairs[pairs[:, 0] < size]
                    self.marks[pairs[:, 0]] |= pairs[:, 1].astype(np.uint8)

    def follow(self) -> bool:
        """Read again those who have changed. False when they are too many: all is then to be read again."""
        last = newest()
        if last == self.seq:
            return True
        if not 0 < last - self.seq <= MANY:
            return False
        changed = DirectoryChange.objects.filter(seq__gt=self.seq).values_list("person_id", flat=True)
        for some in sliced(sorted(set(changed)), SLICE):
            self.read_again(some)
        self.seq = last
        return True

    def read_again(self, persons: list[int]) -> None:
        missing = max(persons) + 1 - len(self.marks)
        if missing > 0:
            self.marks = np.concatenate([self.marks, np.zeros(missing + len(self.marks) // 16, np.uint8)])
        self.marks[persons] = 0
        rows = Person.objects.filter(pk__in=persons).values_list("pk", "died", "lost", "do_not_contact")
        for number, died, lost, asked in rows:
            self.marks[number] = DECEASED * bool(died) + LOST * lost + DO_NOT_CONTACT * asked
        points = ContactPoint.objects.filter(person__in=persons, kind="email").values_list("person_id", "refused")
        for number, refused in points:
            self.marks[number] |= HAS_EMAIL if refused else HAS_EMAIL | TAKES_MAIL

    def of(self, ids: Ids) -> Marks:
        """The marks of these persons. One who has just come is not marked yet."""
        found: Marks = np.zeros(len(ids), np.uint8)
        known = ids < len(self.marks)
        found[known] = self.marks[ids[known]]
        return found


_kept: Reach | None = None
_first = Lock()


def current() -> Reach:
    """The first call reads everything: about two seconds per million persons."""
    global _kept
    with _first:
        if _kept is None or not _kept.follow():
            _kept = Reach()
        return _kept


def forget() -> None:
    """Read again at the next use: when the base has been replaced, as between two tests."""
    global _kept
    _kept = None


def newest() -> int:
    return DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0
