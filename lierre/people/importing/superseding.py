"""
A line that could not be taken, and that a later delivery brings again as it was, waits once: the later one asks.

Each line of a delivery takes the place of one line of each older one: the very same line first, else one of the same
kind of file that bears one of its keys. When that delivery is taken back, the older line asks again.
"""

from collections import defaultdict
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lierre.foundation.models.journal import record
from lierre.people.matching.keys import hashed
from lierre.people.models import Import, QuarantinedLine

State: Final = QuarantinedLine.State
LINES_AT_ONCE: Final = 500
# Where two lines may meet: the kind of file, and a hash.
Mark = tuple[str, int]


def supersede(imported: Import, *, by: Any) -> int:
    """Settle the lines of older deliveries of this source that wait for what this one asks again. Returns how many."""
    of_source = QuarantinedLine.objects.waiting().filter(delivery__imported__source=imported.source)
    older = of_source.filter(delivery__imported__lt=imported.pk).order_by("-delivery__imported_id", "line")
    if not older.exists():
        return 0
    pairs = Pairs(of_source.filter(delivery__imported=imported))
    settled = [
        line for line in older.select_related("delivery").iterator(chunk_size=LINES_AT_ONCE) if pairs.settle(line)
    ]
    settled += [line for line in pairs.missed if pairs.settle_by_key(line)]
    now = timezone.now()
    for line in settled:
        line.state, line.settled_by, line.settled_at = State.SUPERSEDED, str(by)[:200], now
    with transaction.atomic():
        QuarantinedLine.objects.bulk_update(
            settled, ["state", "superseded_by", "settled_by", "settled_at"], batch_size=LINES_AT_ONCE
        )
        if settled:
            record("quarantine.superseded", imported, by=by, lines=len(settled))
    return len(settled)


class Pairs:
    """The lines of a delivery, to be found by what they say and by their keys. Each stands for one of an older one."""

    def __init__(self, lines: "QuerySet[QuarantinedLine]") -> None:
        self.same: dict[Mark, list[int]] = defaultdict(list)
        self.alike: dict[Mark, list[int]] = defaultdict(list)
        self.taken: set[tuple[int, int]] = set()  # an older delivery, and the line that stands for one of its lines
        self.missed: list[QuarantinedLine] = []
        for line in lines.select_related("delivery").order_by("pk").iterator(chunk_size=LINES_AT_ONCE):
            for mark in same_marks(line):
                self.same[mark].append(line.pk)
            for mark in key_marks(line):
                self.alike[mark].append(line.pk)

    def settle(self, line: QuarantinedLine) -> bool:
        """By the very same line. What is not found waits until all that can be has been."""
        if self.found(line, same_marks(line), self.same):
            return True
        if any(mark in self.alike for mark in key_marks(line)):
            self.missed.append(line)
        return False

    def settle_by_key(self, line: QuarantinedLine) -> bool:
        return self.found(line, key_marks(line), self.alike)

    def found(self, line: QuarantinedLine, marks: list[Mark], among: dict[Mark, list[int]]) -> bool:
        older = line.delivery.imported_id
        for mark in marks:
            for number in among.get(mark, ()):
                if (older, number) not in self.taken:
                    self.taken.add((older, number))
                    line.superseded_by_id = number
                    return True
        return False


def same_marks(line: QuarantinedLine) -> list[Mark]:
    return [(line.delivery.dialect, hashed(line.raw))] if line.raw else []


def key_marks(line: QuarantinedLine) -> list[Mark]:
    return [(line.delivery.dialect, number) for number in line.keys]


def ask_again(imported: Import) -> int:
    """This import is taken back: the lines whose place its own had taken ask again, or what took the place of these."""
    asked = 0
    theirs = QuarantinedLine.objects.filter(
        state=State.SUPERSEDED, superseded_by__delivery__imported=imported
    ).select_related("superseded_by")
    for line in theirs.iterator(chunk_size=LINES_AT_ONCE):
        assert line.superseded_by is not None
        if line.superseded_by.superseded_by_id:
            line.superseded_by_id = line.superseded_by.superseded_by_id
        else:
            line.state, line.settled_by, line.settled_at, line.superseded_by = State.WAITING, "", None, None
            asked += 1
        line.save(update_fields=["state", "settled_by", "settled_at", "superseded_by"])
    return asked
