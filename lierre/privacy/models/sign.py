"""A sign of life: a click, a log-in, an answer. The retention clock counts from the last one; an open is no sign."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models import Person


class Sign(models.Model):
    """The latest of each kind, for each person."""

    class Kind(models.TextChoices):
        CLICK = "click", _("click on a link")
        LOGIN = "login", _("log-in")
        ANSWER = "answer", _("answer")

    person = models.ForeignKey(Person, models.CASCADE, related_name="signs")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind"], name="the_latest_sign_of_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"


def note_sign(person: Person, kind: str, at: datetime | None = None) -> None:
    """The person did something. No line of the journal: what they did has its own."""
    at = at or timezone.now()
    sign, new = Sign.objects.get_or_create(person=person, kind=kind, defaults={"at": at})
    if not new and at > sign.at:
        Sign.objects.filter(pk=sign.pk, at__lt=at).update(at=at)
