"""Graduates who spoke here lately: what whoever tells the life of the institution reads first."""

from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.models import Record
from lierre.people.readings.line import things_said

MOST: Final = 5
READ: Final = 60
KEYS: Final = frozenset({"student_number", "ine"})


def voices() -> list[tuple[Record, list[Any]]]:
    """
    The latest of each, with what was said, but for who may see it.

    Those who hide are left out: nobody looks at them in passing.
    """
    said = Record.objects.filter(source__kind="member", person__isnull=False).select_related("person", "source")
    seen: QuerySet[Any] = said.annotate(mask=Coalesce("person__entry__mask", 0))
    latest: dict[int, Any] = {}
    for record in seen.order_by("-pk")[:READ]:
        if told(record):
            latest.setdefault(record.person_id, record)
    shown = [record for record in latest.values() if not hidden_from_graduates(record.mask)]
    shown.sort(key=lambda record: (record.asserted, record.pk), reverse=True)
    return [(record, list(things_said(told(record)))[:3]) for record in shown[:MOST]]


def told(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.said.items() if name not in KEYS and not name.startswith("audience_")}
