"""A post that comes back: every week, every month or every academic period, at an hour of a named clock."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.publishing.models.account import Account
from lierre.publishing.models.post import Post


class SeriesQuerySet(models.QuerySet["Series"]):
    def running(self) -> Self:
        return self.filter(stopped_at=None)


class Series(models.Model):
    """`texts`: variants, each a list of parts, said in turn. `pauses`: [["2026-12-19", "2027-01-04"], …], both included."""

    class Every(models.TextChoices):
        WEEK = "week", gettext_lazy("week")
        MONTH_DAY = "month_day", gettext_lazy("month, on a day of the month")
        MONTH_WEEKDAY = "month_weekday", gettext_lazy("month, on a day of the week")
        PERIOD = "period", gettext_lazy("academic period, as it begins")

    title = models.CharField(gettext_lazy("title"), max_length=150)
    texts = models.JSONField(default=list)
    accounts: Any = models.ManyToManyField(Account, related_name="+", verbose_name=gettext_lazy("accounts"))
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Post.Kind, default=Post.Kind.NEWS)
    campaign = models.CharField(gettext_lazy("campaign"), max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5, default="fr")

    every = models.CharField(gettext_lazy("every"), max_length=15, choices=Every, default=Every.WEEK)
    interval = models.PositiveSmallIntegerField(default=1)
    weekdays = models.JSONField(default=list)  # Monday is 0
    month_day = models.PositiveSmallIntegerField(null=True)
    nth = models.SmallIntegerField(null=True)  # -1: the last one
    hour = models.TimeField(gettext_lazy("hour"))
    zone = models.CharField(gettext_lazy("on the clock of"), max_length=64)
    starts_on = models.DateField(gettext_lazy("from"))
    until = models.DateField(gettext_lazy("until"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(gettext_lazy("how many times"), null=True, blank=True)
    pauses = models.JSONField(default=list)
    skips_holidays = models.BooleanField(gettext_lazy("not on holidays"), default=True)
    weeks_ahead = models.PositiveSmallIntegerField(gettext_lazy("weeks ahead"), default=4)
    dry_since = models.DateTimeField(null=True, editable=False)  # no text is left that was not said already
    stopped_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = gettext_lazy("series")
        verbose_name_plural = gettext_lazy("series")
        constraints = [
            models.CheckConstraint(condition=Q(interval__gte=1), name="a_series_moves_on"),
            models.CheckConstraint(condition=Q(until=None) | Q(most=None), name="a_series_ends_in_one_way"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:a_series", args=[self.pk])

    @property
    def days_of_week(self) -> str:
        """Of one that comes back each week, as they are said; nothing for the others."""
        days = self.weekdays if self.every == self.Every.WEEK else []
        return ", ".join(str(WEEKDAYS[day]) for day in sorted(days))


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def untouched(self) -> Self:
        """Nobody has written in them, moved them or asked for their approval: they still follow their series."""
        return self.filter(post__state=Post.State.DRAFT, post__changed_at=models.F("written_at"))

    def from_day(self, day: date) -> Self:
        return self.filter(day__gte=day)


class Occurrence(models.Model):
    """One time of a series: it is made once, whatever becomes of its post. `written_at`: when the series last wrote it."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="occurrences")
    day = models.DateField()
    post = models.OneToOneField(Post, models.CASCADE, related_name="occurrence")
    written_at = models.DateTimeField()

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name = gettext_lazy("time of a series")
        verbose_name_plural = gettext_lazy("times of series")
        constraints = [models.UniqueConstraint(fields=["series", "day"], name="a_series_speaks_once_a_day")]

    def __str__(self) -> str:
        return f"{self.series}, {self.day}"

    @property
    def due_at(self) -> datetime | None:
        return self.post.due_at
