"""A day or a period that matters to this institution: an open day, exams, a semester. Added by hand, with where it was read."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy


class LandmarkQuerySet(models.QuerySet["Landmark"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def between(self, first: date, last: date) -> Self:
        return self.living().filter(first__lte=last, last__gte=first)


class Landmark(models.Model):
    """`last` is included. A period can carry a series: one post at the beginning of each."""

    class Kind(models.TextChoices):
        PERIOD = "period", gettext_lazy("academic period")
        OPEN_DAY = "open_day", gettext_lazy("open day")
        EXAMS = "exams", gettext_lazy("exams")
        ADMISSION = "admission", gettext_lazy("admission")
        CLOSED = "closed", gettext_lazy("closed")
        OTHER = "other", gettext_lazy("other")

    label = models.CharField(gettext_lazy("what"), max_length=100)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    first = models.DateField(gettext_lazy("first day"))
    last = models.DateField(gettext_lazy("last day"))
    source = models.CharField(gettext_lazy("where it was read"), max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LandmarkQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = gettext_lazy("landmark")
        verbose_name_plural = gettext_lazy("landmarks")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_landmark_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.label
