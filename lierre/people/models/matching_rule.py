"""From which probability a line is linked alone, and from which somebody is asked. A new version is written each time."""

from typing import Any, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lierre.foundation.charts.words import number
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

LINK_FROM: Final = 0.99
ASK_FROM: Final = 0.2
LEAST: Final = 0.01  # below, a candidate is not even kept


class MatchingRule(models.Model):
    """Three bands: linked alone, asked, new."""

    link_from = models.FloatField(_("linked alone from"), default=LINK_FROM)
    ask_from = models.FloatField(_("asked from"), default=ASK_FROM)
    reason = models.CharField(_("why"), max_length=500)
    by_name = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("matching thresholds")
        verbose_name_plural = _("matching thresholds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ask_from__gte=LEAST, link_from__gte=models.F("ask_from"), link_from__lte=1),
                name="thresholds_are_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk or 0}"

    @classmethod
    def in_force(cls) -> "MatchingRule":
        """The latest; the usual thresholds, unsaved, before anybody decided."""
        return cls.objects.first() or cls()

    @classmethod
    def adopt(cls, link_from: float, ask_from: float, *, by: Any, reason: str) -> "MatchingRule":
        now = cls.in_force()
        if (now.link_from, now.ask_from) == (link_from, ask_from):
            raise Refused(_now("These thresholds are already in force."))
        if not LEAST <= ask_from <= link_from <= 1:
            raise Refused(
                _now("Somebody must be asked before a line is linked alone: the first threshold is the lower.")
            )
        with transaction.atomic():
            made = cls.objects.create(link_from=link_from, ask_from=ask_from, reason=reason, by_name=str(by)[:200])
            record("matching.thresholds", made, by=by, why=reason, link_from=link_from, ask_from=ask_from)
        return made

    @property
    def link_in_100(self) -> str:
        return in_100(self.link_from)

    @property
    def ask_in_100(self) -> str:
        return in_100(self.ask_from)

    def band(self, probability: float) -> str:
        """
        >>> [MatchingRule().band(p) for p in (0.999, 0.5, 0.05)]
        ['link', 'ask', 'new']
        """
        if probability >= self.link_from:
            return "link"
        return "ask" if probability >= self.ask_from else "new"


def in_100(probability: float) -> str:
    """
    >>> in_100(0.99), in_100(0.9995)
    ('99', '99.95')
    """
    written = f"{100 * probability:.2f}".rstrip("0").rstrip(".")
    return number(float(written), decimals=len(written.partition(".")[2]))
