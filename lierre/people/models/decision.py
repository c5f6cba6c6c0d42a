"""A link or an unlink that someone decided: reversible, with its reason."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.merge import Merge
from lierre.people.models.person import Person
from lierre.people.models.record import Record

# A gesture that moves several records takes no longer than this.
A_MOMENT: Final = timedelta(seconds=30)


class Decision(models.Model):
    """This record belongs to that person, and no longer to the one before. Undoing it points the record back."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="decisions")
    before = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    merge = models.ForeignKey(Merge, models.CASCADE, null=True, related_name="decisions")  # taken as part of it
    link_before = models.SmallIntegerField(choices=Record.Link)
    reason = models.CharField(_("why"), max_length=500)
    by_name = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.reason

    def fellows(self) -> "list[Decision]":
        """The decisions that still hold and were taken with this one, the last first. A merge takes one for each record."""
        if self.merge_id:
            return list(Decision.objects.filter(merge=self.merge_id, undone_at=None).order_by("-pk"))
        same = Decision.objects.filter(
            before=self.before_id, after=self.after_id, reason=self.reason, by_name=self.by_name, undone_at=None,
            at__gte=self.at - A_MOMENT, at__lte=self.at + A_MOMENT,
        )  # fmt: skip
        return list(same.order_by("-pk"))
