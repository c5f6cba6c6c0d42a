"""What the base holds of a person: what goes when they are erased."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q

from lierre.people.forgetting import is_text
from lierre.people.models import Decision, Delivery, Person, QuarantinedLine, Record

COUNTS: Final = "SELECT " + ", ".join(
    f"(SELECT count(*) FROM people_{table} WHERE person_id = %s)" for table in ("study", "position", "contactpoint")
)


@dataclass(frozen=True, slots=True)
class Traces:
    """Counts, and the files that the records came from: `emptied` of their lines, or `destroyed` when they cannot be."""

    records: int
    studies: int
    positions: int
    contacts: int
    decisions: int
    quarantined: int
    emptied: tuple[str, ...]
    destroyed: tuple[str, ...]


def traces(person: Person) -> Traces:
    records = Record.objects.filter(person=person)
    known = Delivery.objects.filter(pk__in=records.values("delivery")).select_related("imported")
    files = [delivery for delivery in known if delivery.path.exists()]
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [person.pk] * 3)
        studies, positions, contacts = cursor.fetchone()
    return Traces(
        records=records.count(),
        studies=studies,
        positions=positions,
        contacts=contacts,
        decisions=Decision.objects.filter(Q(before=person) | Q(after=person) | Q(record__person=person)).count(),
        quarantined=QuarantinedLine.objects.filter(record__in=records).count(),
        emptied=tuple(delivery.name for delivery in files if is_text(delivery)),
        destroyed=tuple(delivery.name for delivery in files if not is_text(delivery)),
    )
