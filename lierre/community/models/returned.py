"""What a mail server said of a question that could not be delivered. A report that is read twice is kept once."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.community.models.ask import Ask


class Returned(models.Model):
    class Severity(models.TextChoices):
        HARD = "hard", _("nobody lives at this address")
        SOFT = "soft", _("not this time")
        DELAYED = "delayed", _("late, the server still tries")

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="returns")
    severity = models.CharField(max_length=7, choices=Severity)
    status = models.CharField(max_length=12, blank=True)
    diagnostic = models.CharField(max_length=300, blank=True)
    reported_by = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message that came back")
        verbose_name_plural = _("messages that came back")
        constraints = [models.UniqueConstraint(fields=["ask", "digest"], name="a_report_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.get_severity_display()} {self.status}".strip()
