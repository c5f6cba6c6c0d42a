"""Somebody who is shown on a medium, and until when they consent to it."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.publishing.models.medium import Medium


class Likeness(models.Model):
    """`given_on` None: they were not asked yet, or have not answered. `until` None: as long as they do not say otherwise."""

    medium = models.ForeignKey(Medium, models.CASCADE, related_name="likenesses")
    name = models.CharField(gettext_lazy("who is shown"), max_length=150)
    given_on = models.DateField(gettext_lazy("consented on"), null=True, blank=True)
    until = models.DateField(gettext_lazy("consents until"), null=True, blank=True)
    proof = models.CharField(gettext_lazy("where the paper is kept"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("person shown")
        verbose_name_plural = gettext_lazy("persons shown")
        constraints = [
            models.UniqueConstraint(fields=["medium", "name"], name="shown_once_on_a_medium"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(given_on=None) | Q(until__gte=F("given_on")),
                name="a_likeness_consent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def why_not(self, day: date, medium: Medium) -> str:
        told = {"name": self.name, "medium": medium}
        if self.given_on is None:
            return _("%(name)s, shown on “%(medium)s”, has not consented yet.") % told
        if self.until is not None and self.until < day:
            told |= {"day": date_format(self.until)}
            return _("%(name)s, shown on “%(medium)s”, consents until %(day)s and not afterwards.") % told
        return ""

    @classmethod
    def write_down(cls, medium: Medium, said: dict[str, Any], *, by: Any) -> "Likeness":
        """The same name said again says it anew."""
        with transaction.atomic():
            kept, _new = cls.objects.update_or_create(medium=medium, name=said["name"], defaults=said)
            Medium.objects.get(pk=medium.pk).word_again()
            record("medium.consent_written", medium, by=by, likeness=kept.pk, given=said["given_on"] is not None)
        return kept

    def take_out(self, *, by: Any) -> None:
        """They are not on it after all, or it was written by mistake."""
        with transaction.atomic():
            record("medium.consent_removed", self.medium, by=by, likeness=self.pk)
            self.delete()
            Medium.objects.get(pk=self.medium_id).word_again()

    def forget(self) -> None:
        """Their name is erased. Somebody is still shown there, who no longer consents."""
        self.name = _("somebody erased (%(number)s)") % {"number": self.pk}
        self.given_on, self.until, self.proof = None, None, ""
        self.save(update_fields=["name", "given_on", "until", "proof"])
        Medium.objects.get(pk=self.medium_id).word_again()
