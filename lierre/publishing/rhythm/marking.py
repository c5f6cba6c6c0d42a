"""Landmarks of the institution: written, corrected, archived."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from lierre.foundation.models.journal import record
from lierre.publishing.models import Landmark


def keep(landmark: Landmark | None, fields: Mapping[str, Any], *, by: Any) -> Landmark:
    """A new one when none is given."""
    with transaction.atomic():
        changed = {**fields, "changed_at": timezone.now()}
        if landmark is None:
            kept = Landmark.objects.create(**changed)
        else:
            kept = landmark
            Landmark.objects.filter(pk=kept.pk).update(**changed)
            kept.refresh_from_db()
        record("landmark.written", kept, by=by)
    return kept


def archive(landmark: Landmark, *, by: Any) -> None:
    with transaction.atomic():
        Landmark.objects.filter(pk=landmark.pk).update(archived_at=timezone.now())
        record("landmark.archived", landmark, by=by)
