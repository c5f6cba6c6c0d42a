"""A breach of personal data: what happened, what was done, whether the authority was told within 72 hours."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.privacy.deadlines import BREACH


class BreachQuerySet(models.QuerySet["Breach"]):
    def to_decide(self) -> Self:
        """Nobody has said yet whether the authority is told."""
        return self.filter(notified_at=None, not_notified_because="")


class Breach(models.Model):
    """Article 33(5): every breach is written down, those that are not notified too, with the reason."""

    class Nature(models.TextChoices):
        CONFIDENTIALITY = "confidentiality", gettext_lazy("read by someone who may not")
        INTEGRITY = "integrity", gettext_lazy("changed by mistake or by malice")
        AVAILABILITY = "availability", gettext_lazy("lost or out of reach")

    title = models.CharField(gettext_lazy("in a few words"), max_length=150)
    nature = models.CharField(gettext_lazy("nature"), max_length=15, choices=Nature)
    noticed_at = models.DateTimeField(gettext_lazy("noticed on"), default=timezone.now)
    happened = models.TextField(gettext_lazy("what happened"), max_length=4_000)
    about = models.TextField(gettext_lazy("which data, of whom"), max_length=1_000)
    persons = models.PositiveIntegerField(gettext_lazy("how many persons"), null=True, blank=True)
    consequences = models.TextField(gettext_lazy("what may follow for them"), max_length=2_000, blank=True)
    measures = models.TextField(gettext_lazy("what was done"), max_length=4_000, blank=True)
    notified_at = models.DateTimeField(gettext_lazy("authority told on"), null=True, blank=True)
    not_notified_because = models.TextField(gettext_lazy("why the authority is not told"), max_length=1_000, blank=True)
    persons_told_on = models.DateField(gettext_lazy("persons told on"), null=True, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-noticed_at", "-id"]
        verbose_name = gettext_lazy("breach")
        verbose_name_plural = gettext_lazy("breaches")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(not_notified_because=""), name="a_breach_is_notified_or_not"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("privacy:breach", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.notified_at is not None or bool(self.not_notified_because)

    @property
    def due_at(self) -> datetime:
        return self.noticed_at + BREACH

    @property
    def hours_left(self) -> int:
        """Below zero once the 72 hours have passed."""
        return int((self.due_at - timezone.now()).total_seconds() // 3600)

    @property
    def was_in_time(self) -> bool:
        return self.notified_at is not None and self.notified_at <= self.due_at

    def keep(self, values: dict[str, Any], *, by: Any) -> None:
        """Write it down, or add what is known since."""
        verb = "breach.described" if self.pk else "breach.noticed"
        for name, value in values.items():
            setattr(self, name, value)
        with transaction.atomic():
            self.save()
            record(verb, self, by=by, fields=sorted(values))

    def tell_authority(self, at: datetime, *, by: Any) -> None:
        self.decide("breach.notified", by=by, notified_at=at)

    def not_tell(self, reason: str, *, by: Any) -> None:
        if not reason.strip():
            raise Refused(_("Say why there is no risk for the persons: the authority may ask."))
        self.decide("breach.not_notified", by=by, why=reason, not_notified_because=reason)

    def decide(self, verb: str, *, by: Any, why: str = "", **values: Any) -> None:
        with transaction.atomic():
            if not Breach.objects.to_decide().filter(pk=self.pk).update(**values):
                raise Refused(_("This was decided already."))
            record(verb, self, by=by, why=why)
        self.refresh_from_db()
