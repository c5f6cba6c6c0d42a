"""One call about one delivery: when it began, how it ended, what was answered. The log that proves."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.delivery import Delivery


class Kind(models.TextChoices):
    SEND = "send", _("sent")
    REPLAY = "replay", _("said again, with the same key")
    LOOK = "look", _("looked for on the network")


class Call(models.Model):
    """`kind`: what was asked of the network. `outcome` stays empty when whoever asked died meanwhile."""

    Kind = Kind

    kind = models.CharField(max_length=8, choices=Kind)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)

    if TYPE_CHECKING:
        objects: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.outcome or '?'}"

    def end(self, outcome: str, said: str = "") -> None:
        """Nothing to write when the row went meanwhile, with all that its person had."""
        self.outcome, self.said, self.ended_at = outcome, said[:300], timezone.now()
        mine = type(self).objects.filter(pk=self.pk)
        mine.update(outcome=self.outcome, said=self.said, ended_at=self.ended_at)


class Attempt(Call):
    """Of the institution."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
