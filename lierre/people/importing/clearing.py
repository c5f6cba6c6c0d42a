"""A later file that repairs a refused line clears it: nobody should correct by hand what the source has corrected."""

from itertools import islice

from django.utils import timezone

from lierre.people.importing.resolving import AT_ONCE
from lierre.people.models import Import, QuarantinedLine, RecordKey


def clear_repaired(imported: Import, *, by: str) -> int:
    """Settle the waiting lines of the same source whose keys this import has brought. Returns how many."""
    waiting = QuarantinedLine.objects.waiting().refused().filter(delivery__imported__source=imported.source)
    lines = waiting.exclude(delivery__imported=imported).exclude(keys=[]).only("pk", "keys").iterator(chunk_size=500)
    cleared = 0
    while some := list(islice(lines, 100)):
        hashes = [number for line in some for number in line.keys][:AT_ONCE]
        brought = RecordKey.objects.filter(
            hash__in=hashes, record_id__gte=imported.first_record, record_id__lte=imported.last_record
        )
        known = set(brought.values_list("hash", flat=True))
        repaired = [line.pk for line in some if known & set(line.keys)]
        cleared += QuarantinedLine.objects.filter(pk__in=repaired).update(
            state=QuarantinedLine.State.CLEARED, settled_by=by, settled_at=timezone.now()
        )
    return cleared
