"""One call about one delivery: when it began, how it ended, what was answered. The log that proves."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.delivery import Delivery


class Attempt(models.Model):
    """`kind`: what was asked of the network. `outcome` stays empty when whoever asked died meanwhile."""

    class Kind(models.TextChoices):
        SEND = "send", _("sent")
        REPLAY = "replay", _("said again, with the same key")
        LOOK = "look", _("looked for on the network")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    kind = models.CharField(max_length=8, choices=Kind)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.outcome or '?'}"

    def end(self, outcome: str, said: str = "") -> None:
        self.outcome, self.said, self.ended_at = outcome, said[:300], timezone.now()
        self.save(update_fields=["outcome", "said", "ended_at"])
