"""Erasing a person: the only way to remove what was said. The journal keeps that it was done, not what was said."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people import projection
from lierre.people.models import Decision, Person, QuarantinedLine, Record, RecordKey


def erase(person: Person, *, by: Any, reason: str) -> None:
    """Remove the person, their records and keys. Words that only their names bore go at the next rebuild."""
    if not reason.strip():
        raise Refused(_("Say why this person is erased: the register must show it."))
    with transaction.atomic():
        records = list(Record.objects.filter(person=person))
        hashes = {key.hash for record in records for key in record.keys}
        numbers = [record.pk for record in records]
        RecordKey.objects.filter(hash__in=hashes, record_id__in=numbers).delete()
        QuarantinedLine.objects.filter(record__in=numbers).delete()
        Decision.objects.filter(record__in=numbers).delete()
        Decision.objects.filter(before=person).delete()
        Decision.objects.filter(after=person).delete()
        Record.objects.filter(pk__in=numbers).delete()
        projection.clear([person.pk])
        projection.changed([person.pk])
        journal("person.erased", person, by=by, why=reason, name="", records=len(records))
        person.delete()
