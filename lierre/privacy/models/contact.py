"""That someone was written to, and how often a person may be asked something in a year, all services together."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Person
from lierre.privacy.models.purpose import Purpose

USUAL_ASKS: Final = 2
A_YEAR: Final = timedelta(days=365)


class ContactQuerySet(models.QuerySet["Contact"]):
    def of(self, *person_ids: int) -> Self:
        return self.filter(person_id__in=person_ids)

    def within(self, after: datetime, until: datetime) -> Self:
        return self.filter(at__gt=after, at__lte=until)


class Contact(models.Model):
    """One message, one call. The text is kept by whoever sent it; here is only that it was done."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="contacts")
    service = models.CharField(gettext_lazy("service"), max_length=60)
    channel = models.CharField(gettext_lazy("channel"), max_length=7, choices=Purpose.Channel)
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = gettext_lazy("contact")
        verbose_name_plural = gettext_lazy("contacts")
        indexes: ClassVar = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.service}"


class Budget(models.Model):
    """One row: how many asks a year. Its history stands in the journal."""

    asks = models.PositiveSmallIntegerField(gettext_lazy("asks a year and a person"), default=USUAL_ASKS)

    class Meta:
        verbose_name = gettext_lazy("contact budget")
        verbose_name_plural = gettext_lazy("contact budget")

    def __str__(self) -> str:
        return str(self.asks)

    @classmethod
    def in_force(cls) -> int:
        return cls.objects.values_list("asks", flat=True).filter(pk=1).first() or USUAL_ASKS

    @classmethod
    def decide(cls, asks: int, *, by: Any, reason: str) -> None:
        if not 1 <= asks <= 12:
            raise Refused(_("Between one and twelve asks a year: fewer is none, more is harassment."))
        with transaction.atomic():
            before = cls.in_force()
            budget, _new = cls.objects.update_or_create(pk=1, defaults={"asks": asks})
            record("budget.decided", budget, by=by, why=reason, before=before, after=asks)
