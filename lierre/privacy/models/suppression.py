"""A mark of somebody who was erased because they asked for it: enough to recognise them in a new file, and nothing else."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def bearing(self, marks: list[str]) -> Self:
        return self.filter(mark__in=marks)

    def of_those_bearing(self, marks: list[str]) -> Self:
        """Every mark of the persons who bore one of these."""
        return self.filter(together__in=list(self.bearing(marks).values_list("together", flat=True)))


class Suppression(models.Model):
    """
    One for each strong key, and for each name with a day of birth or the year of a degree.

    Without the key of the instance, which is no part of the base, it tells nothing.
    """

    class Kind(models.TextChoices):
        KEY = "key", _("number or address")
        BORN = "born", _("name and day of birth")
        YEAR = "year", _("name and year of a degree")

    mark = models.CharField(_("mark"), max_length=32, primary_key=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.KEY)
    together = models.CharField(_("of one person"), max_length=12, db_index=True)  # by chance: says nothing either
    kept_on = models.DateField(_("kept on"), default=timezone.localdate)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark of somebody who was erased")
        verbose_name_plural = _("marks of those who were erased")

    def __str__(self) -> str:
        return self.mark
