"""What the base holds of a person: what goes when they are erased."""

from dataclasses import dataclass

from django.db.models import Q

from lierre.people.models import ContactPoint, Decision, Person, Position, QuarantinedLine, Record, Study


@dataclass(frozen=True, slots=True)
class Traces:
    """Counts, and the files that the records came from: those files themselves are kept apart."""

    records: int
    studies: int
    positions: int
    contacts: int
    decisions: int
    quarantined: int
    files: tuple[str, ...]


def traces(person: Person) -> Traces:
    records = Record.objects.filter(person=person)
    files = records.filter(delivery__isnull=False).values_list("delivery__name", flat=True).distinct()[:20]
    return Traces(
        records=records.count(),
        studies=Study.objects.filter(person=person).count(),
        positions=Position.objects.filter(person=person).count(),
        contacts=ContactPoint.objects.filter(person=person).count(),
        decisions=Decision.objects.filter(Q(before=person) | Q(after=person) | Q(record__person=person)).count(),
        quarantined=QuarantinedLine.objects.filter(record__in=records).count(),
        files=tuple(files),
    )
