"""Sources are named and described by people, so each change is written in the journal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Record, Source


def keep_source(source: Source, described: Mapping[str, Any], *, by: Any) -> Source:
    """Write a source that is new or has changed. What it has said was read by its kind, which therefore stays."""
    kind, is_new = described.get("kind", source.kind), source.pk is None
    if not is_new and kind != source.kind and Record.objects.filter(source=source).exists():
        raise Refused(_("This source has spoken already: give its new files to another source."))
    for name in ("name", "siglum", "kind", "applies_alone"):
        setattr(source, name, described.get(name, getattr(source, name)))
    with transaction.atomic():
        source.save()
        record(
            "source.created" if is_new else "source.changed", source, by=by,
            kind=source.kind, siglum=source.siglum, applies_alone=source.applies_alone,
        )  # fmt: skip
    return source
