"""The journal: every state change, who, what, when, on what, why. Written in the same transaction as the change."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))


class Entry(models.Model):
    """One thing that happened. Never updated, never deleted: the database itself refuses."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True, editable=False)
    # The number of the user, not a relation: the foundation knows no accounts, and a line outlives whoever wrote it.
    actor_id = models.BigIntegerField(null=True, db_index=True, editable=False)
    by_name = models.CharField(_("who"), max_length=200)
    verb = models.CharField(_("what"), max_length=60, db_index=True)  # "person.corrected": domain noun, past participle
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_name = models.CharField(_("on what"), max_length=200, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"


def record(
    verb: str, on: models.Model | None = None, *, by: Any, why: str = "", name: str | None = None, **details: Any
) -> Entry:
    """Write one line of the journal. `by` is a user, or the name of a duty when no person acted."""
    return Entry.objects.create(
        verb=verb,
        actor_id=by.pk if isinstance(by, models.Model) else None,
        by_name=str(by),
        subject_kind=on._meta.label_lower if on is not None else "",
        subject_id=str(on.pk) if on is not None else "",
        subject_name=(str(on) if name is None and on is not None else name or "")[:200],
        reason=why,
        details=details,
    )
