"""
A later file that repairs a refused line clears it: nobody should correct by hand what the source has corrected.

Only a file of the same kind can: the table of persons, when it comes, does not say what a line of jobs was to say. When
the file that repaired a line is taken back, the line waits again.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from lierre.people.importing.resolving import AT_ONCE
from lierre.people.models import Import, QuarantinedLine, Record, RecordKey

State: Final = QuarantinedLine.State
LINES_AT_ONCE: Final = 100


def clear_repaired(imported: Import, *, by: str) -> int:
    """Settle the waiting lines of the same source whose keys this import has brought again. Returns how many."""
    cleared = 0
    for lines in some_lines_of_others(QuarantinedLine.objects.waiting().refused(), imported):
        brought = {(key, kind) for key, kind, number in spoken_by_files(lines) if number == imported.pk}
        repaired = [line.pk for line in lines if any((key, line.delivery.dialect) in brought for key in line.keys)]
        cleared += QuarantinedLine.objects.filter(pk__in=repaired).update(
            state=State.CLEARED, settled_by=by, settled_at=timezone.now()
        )
    return cleared


def reopen(imported: Import) -> int:
    """Ask again for the lines that only this import, now taken back, had repaired. Returns how many."""
    asked = 0
    for lines in some_lines_of_others(QuarantinedLine.objects.filter(state=State.CLEARED), imported):
        latest: dict[tuple[int, str], int] = {}
        for key, kind, number in spoken_by_files(lines):
            latest[key, kind] = max(latest.get((key, kind), 0), number)
        orphans = [
            line.pk
            for line in lines
            if all(latest.get((key, line.delivery.dialect), 0) <= line.delivery.imported_id for key in line.keys)
        ]
        asked += QuarantinedLine.objects.filter(pk__in=orphans).update(
            state=State.WAITING, settled_by="", settled_at=None
        )
    return asked


def some_lines_of_others(lines: "QuerySet[QuarantinedLine]", imported: Import) -> Iterator[list[QuarantinedLine]]:
    """Lines of the other imports of this source that are known by their keys, some at a time."""
    others = lines.filter(delivery__imported__source=imported.source).exclude(delivery__imported=imported)
    remaining = others.exclude(keys=[]).select_related("delivery").iterator(chunk_size=500)
    while some := list(islice(remaining, LINES_AT_ONCE)):
        yield some


def spoken_by_files(lines: Sequence[QuarantinedLine]) -> list[tuple[int, str, int]]:
    """Who bears these keys today: the key, the kind of file, the import."""
    hashes = [number for line in lines for number in line.keys][:AT_ONCE]
    pairs = list(RecordKey.objects.filter(hash__in=hashes).values_list("hash", "record_id"))
    said = Record.objects.filter(pk__in=[number for _hash, number in pairs], delivery__isnull=False)
    came = {
        pk: (kind, number) for pk, kind, number in said.values_list("pk", "delivery__dialect", "delivery__imported")
    }
    return [(key, *came[number]) for key, number in pairs if number in came]
