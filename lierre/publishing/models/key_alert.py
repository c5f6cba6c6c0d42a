"""That somebody was told, once, that the keys of an account end soon or no longer open it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.publishing.models.account import Account


class KeyAlert(models.Model):
    """`at`: the instant it is about, their end or the moment the account was held. Written with the notices it stands for."""

    class About(models.TextChoices):
        EXPIRY = "expiry", gettext_lazy("its keys end soon")
        HELD = "held", gettext_lazy("nothing leaves for it")

    account = models.ForeignKey(Account, models.CASCADE, related_name="key_alerts")
    about = models.CharField(max_length=10, choices=About)
    at = models.DateTimeField()
    days = models.PositiveSmallIntegerField(default=0)  # before the end
    told = models.PositiveSmallIntegerField(default=0)  # how many persons
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = gettext_lazy("alert about keys")
        verbose_name_plural = gettext_lazy("alerts about keys")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "about", "at", "days"], name="an_alert_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.get_about_display()}"
