"""Graduates who spoke here lately: what whoever tells the life of the institution reads first."""

from typing import Any, Final

from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.models import DirectoryEntry, Record
from lierre.people.readings.line import things_said

MOST: Final = 5
READ: Final = 60


def voices() -> list[tuple[Record, list[Any]]]:
    """The latest of each, with what was said. Those who hide are left out: nobody looks at them in passing."""
    said = Record.objects.filter(source__kind="member", person__isnull=False).select_related("person", "source")
    latest: dict[int, Record] = {}
    for record in said.order_by("-pk")[:READ]:
        assert record.person_id is not None
        if any(name not in {"student_number", "ine"} and not name.startswith("audience_") for name in record.said):
            latest.setdefault(record.person_id, record)
    masks = dict(DirectoryEntry.objects.filter(pk__in=latest).values_list("pk", "mask"))
    shown = [record for number, record in latest.items() if not hidden_from_graduates(masks.get(number, 0))]
    shown.sort(key=lambda record: (record.asserted, record.pk), reverse=True)
    return [(record, list(things_said(record.said))[:3]) for record in shown[:MOST]]
