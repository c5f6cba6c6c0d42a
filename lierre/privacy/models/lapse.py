"""What the clock has taken out of somebody who stays: families of values that no purpose needed any more."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import GROUPS
from lierre.people.models import Person


class Lapse(models.Model):
    """The latest of each person: which families, after how many months of silence. None of the values."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="lapse")
    families = models.JSONField(_("families of values"), default=list)
    months = models.PositiveSmallIntegerField(_("months without a sign"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("families of values that were erased")
        verbose_name_plural = _("families of values that were erased")
        indexes: ClassVar = [models.Index(fields=["months"], name="privacy_lapse_months")]

    def __str__(self) -> str:
        return ", ".join(str(GROUPS[name]) for name in GROUPS if name in self.families)
