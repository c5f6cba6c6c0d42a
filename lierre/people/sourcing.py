"""Sources are named and described by people, so each change is written in the journal."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Record, Source


def keep_source(source: Source, *, by: Any) -> Source:
    """Write a source that is new or has changed. What it has said was read by its kind, which therefore stays."""
    is_new = source.pk is None
    if not is_new:
        before = Source.objects.get(pk=source.pk)
        if before.kind != source.kind and Record.objects.filter(source=source).exists():
            raise Refused(_("This source has spoken already: give its new files to another source."))
    with transaction.atomic():
        source.save()
        record("source.created" if is_new else "source.changed", source, by=by,
               kind=source.kind, siglum=source.siglum, applies_alone=source.applies_alone)  # fmt: skip
    return source
