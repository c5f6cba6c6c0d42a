"""A ceremony where graduates leave a way to reach them: the class, the day, the address that its posters carry."""

from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models.person import new_public_id

OPEN_AFTER: Final = timedelta(days=90)  # whoever was absent finds the poster later


class CeremonyQuerySet(models.QuerySet["Ceremony"]):
    def latest_first(self) -> Self:
        return self.order_by("-day", "-id")

    def for_token(self, token: str) -> "Ceremony":
        """Refused when the address is wrong, or its time is over."""
        found = self.filter(token=token).first()
        if found is None:
            raise Refused(_("This address leads nowhere. Scan the poster again."))
        if not found.is_open:
            raise Refused(_("This page was open around the ceremony. Your record is here all the same: find it."))
        return found


class Ceremony(models.Model):
    """`degree_id` and `year`: whose class it is, so that the office sees who is missing."""

    name = models.CharField(gettext_lazy("name"), max_length=120)
    degree_id = models.BigIntegerField(null=True)  # the number of a term: see people.Term
    degree = models.CharField(gettext_lazy("degree"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(gettext_lazy("class"))
    day = models.DateField(gettext_lazy("day"))
    place = models.CharField(gettext_lazy("place"), max_length=120, blank=True)
    token = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        verbose_name = gettext_lazy("ceremony")
        verbose_name_plural = gettext_lazy("ceremonies")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:ceremony", args=[self.pk])

    @classmethod
    def hold(cls, *, by: Any, **fields: Any) -> "Ceremony":
        with transaction.atomic():
            held = cls.objects.create(made_by=str(by)[:200], **fields)
            record("ceremony.made", held, by=by, year=held.year)
        return held

    def close(self, *, by: Any) -> None:
        """The posters lead nowhere any more."""
        with transaction.atomic():
            if not Ceremony.objects.filter(pk=self.pk, closed_at=None).update(closed_at=timezone.now()):
                raise Refused(_("It is closed already."))
            record("ceremony.closed", self, by=by)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and timezone.localdate() <= self.last_day

    @property
    def last_day(self) -> date:
        return self.day + OPEN_AFTER

    @property
    def address(self) -> str:
        """What the posters carry."""
        return settings.ADDRESS + reverse("community:welcome", args=[self.token])


class CeremonyDay(models.Model):
    """How many opened the page, filled it in, confirmed their address: numbers of a day, and nobody in them."""

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="days")
    day = models.DateField(gettext_lazy("day"))
    opened = models.PositiveIntegerField(gettext_lazy("opened"), default=0)
    done = models.PositiveIntegerField(gettext_lazy("filled in"), default=0)
    confirmed = models.PositiveIntegerField(gettext_lazy("confirmed"), default=0)

    class Meta:
        ordering = ["day"]
        verbose_name = gettext_lazy("day of a ceremony")
        verbose_name_plural = gettext_lazy("days of ceremonies")
        constraints: ClassVar = [models.UniqueConstraint(fields=["ceremony", "day"], name="a_day_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.ceremony}, {self.day}"

    @classmethod
    def count(cls, ceremony: Ceremony, what: str) -> None:
        """One more, today."""
        today, _made = cls.objects.get_or_create(ceremony=ceremony, day=timezone.localdate())
        cls.objects.filter(pk=today.pk).update(**{what: F(what) + 1})
