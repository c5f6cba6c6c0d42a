"""What one controller lets another have: fields, for purposes, until a day. The agreement answers questions."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.facts import GROUPS
from lierre.privacy.fields import FLOWING
from lierre.privacy.models.controller import Controller
from lierre.privacy.models.purpose import Purpose


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, day: Any = None) -> Self:
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), signed_on__lte=day)

    def between(self, giver: Controller, taker: Controller) -> Self:
        return self.filter(giver=giver, taker=taker)


class Agreement(models.Model):
    """One way only: what flows back stands in another agreement."""

    giver = models.ForeignKey(Controller, models.PROTECT, related_name="+", verbose_name=gettext_lazy("who gives"))
    taker = models.ForeignKey(Controller, models.PROTECT, related_name="+", verbose_name=gettext_lazy("who receives"))
    fields = models.JSONField(gettext_lazy("what flows"), default=list)  # names of `fields.FLOWING`
    purposes = models.ManyToManyField(Purpose, related_name="+", verbose_name=gettext_lazy("for which purposes"))
    terms = models.TextField(gettext_lazy("what was agreed"), max_length=4_000, blank=True)
    signed_on = models.DateField(gettext_lazy("signed on"), default=timezone.localdate)
    ends_on = models.DateField(gettext_lazy("last day"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-id"]
        verbose_name = gettext_lazy("sharing agreement")
        verbose_name_plural = gettext_lazy("sharing agreements")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="an_agreement_has_two_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:agreement", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        today = timezone.localdate()
        return self.signed_on <= today and (self.ends_on is None or self.ends_on >= today)

    @property
    def fields_by_group(self) -> list[tuple[str, list[str]]]:
        """What flows, group by group, in words."""
        named = [FLOWING[name] for name in self.fields if name in FLOWING]
        found = [
            (str(label), [str(each.label) for each in named if each.group == group]) for group, label in GROUPS.items()
        ]
        return [(label, labels) for label, labels in found if labels]

    def sign(self, purposes: Any, *, by: Any) -> None:
        """Put it in force. Fields or purposes may not be left open: what is not written does not flow."""
        if self.giver_id == self.taker_id:
            raise Refused(_("A controller shares nothing with itself: choose two different ones."))
        if not self.fields or not purposes:
            raise Refused(_("Say which fields flow, and for which purposes: what is not written does not flow."))
        if any(purpose.controller_id != self.taker_id for purpose in purposes):
            raise Refused(_("A purpose of this agreement must be one of those of the controller who receives."))
        with transaction.atomic():
            self.save()
            self.purposes.set(purposes)
            keys = sorted(purpose.key for purpose in purposes)
            record("agreement.signed", self, by=by, fields=self.fields, purposes=keys)

    def end(self, *, by: Any, reason: str) -> None:
        """Nothing flows from now on: it is hidden at once, everywhere. Its last day was the day before."""
        if not reason.strip():
            raise Refused(_("Say why: the register must show it."))
        with transaction.atomic():
            ended = Agreement.objects.filter(pk=self.pk, ends_on=None).update(
                ends_on=timezone.localdate() - timedelta(days=1)
            )
            if not ended:
                raise Refused(_("This agreement has its last day already."))
            record("agreement.ended", self, by=by, why=reason)
