"""What was counted of the freshness of the base, on one day."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class FreshnessCountQuerySet(models.QuerySet["FreshnessCount"]):
    def whole(self) -> Self:
        """The base as a whole, the latest day first."""
        return self.filter(by=FreshnessCount.By.WHOLE).order_by("-day")

    def parts(self, by: str) -> Self:
        """What was counted last, the largest part first."""
        return self.filter(by=by).order_by("-living", "label")


class FreshnessCount(models.Model):
    """Numbers of persons, never persons. Those of the whole are kept day by day; of its parts, the last day is."""

    class By(models.TextChoices):
        WHOLE = "whole", _("the whole base")
        CLASS = "class", _("class")
        DEGREE = "degree", _("degree")
        UNIT = "unit", _("faculty or school")
        EMPLOYER = "employer", _("employer")
        MONTH = "month", _("month, as today’s testimonies tell it")

    day = models.DateField()
    by = models.CharField(max_length=8, choices=By)
    label = models.CharField(max_length=300, blank=True)
    known = models.IntegerField(null=True)
    living = models.IntegerField()
    reachable = models.IntegerField(null=True)
    surely = models.IntegerField(null=True)  # reachable at an address that was proven, or said within two years
    confirmed = models.IntegerField()
    fresh = models.IntegerField(null=True)  # reachable and confirmed
    working = models.IntegerField(null=True)
    working_confirmed = models.IntegerField(null=True)

    objects = FreshnessCountQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "by", "-living", "label"]
        verbose_name = _("count of freshness")
        verbose_name_plural = _("counts of freshness")
        constraints = [models.UniqueConstraint(fields=["by", "day", "label"], name="a_part_is_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.get_by_display()} {self.label}".strip()

    def share(self, name: str) -> float | None:
        """Of the living, in per cent: `reachable`, `confirmed` or `fresh`. None when nobody knows."""
        count: int | None = getattr(self, name)
        return None if count is None or not self.living else 100 * count / self.living
