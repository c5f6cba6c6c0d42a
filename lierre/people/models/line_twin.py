"""Two lines of one import which may be one person whom nobody knows yet: found by the rehearsal, judged by staff."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.delivery import Delivery
from lierre.people.models.line_match import LineMatch
from lierre.people.models.matching_model import MatchingModel
from lierre.people.models.matching_rule import MatchingRule
from lierre.people.models.record import Record


class LineTwinQuerySet(models.QuerySet["LineTwin"]):
    def of_line(self, delivery_id: int, line: int) -> Self:
        """Those that the line resembles among the lines before it."""
        return self.filter(delivery=delivery_id, line=line).order_by("-probability", "pk")

    def of_records(self, records: "models.QuerySet[Record]") -> Self:
        """Those of which one line became one of these records."""
        mine = records.filter(delivery=OuterRef("delivery"), line=OuterRef("line"))
        other = records.filter(delivery=OuterRef("other_delivery"), line=OuterRef("other_line"))
        return self.filter(Exists(mine) | Exists(other))

    def refused(self) -> Self:
        return self.filter(answer=LineMatch.Answer.DIFFERENT)


class LineTwin(models.Model):
    """
    The later line first, then the one it resembles. `digest`, `other_digest`: of the whole lines, so that “not the same
    person” is remembered when they are brought again. `band`: what was made of the later one.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="twins")
    line = models.PositiveIntegerField()
    other_delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")
    other_line = models.PositiveIntegerField()
    digest = models.BigIntegerField()
    other_digest = models.BigIntegerField()
    probability = models.FloatField(_("probability"))
    weights = models.JSONField(default=list)  # [[field, level, bits], …]
    band = models.CharField(max_length=4, choices=LineMatch.Band)
    model = models.ForeignKey(MatchingModel, models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(MatchingRule, models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.CharField(max_length=9, choices=LineMatch.Answer, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = LineTwinQuerySet.as_manager()

    class Meta:
        ordering = ["delivery_id", "line", "-probability"]
        verbose_name = _("two lines that may be one person")
        verbose_name_plural = _("lines that may be one person")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "line", "other_delivery", "other_line"], name="two_lines_are_compared_once"
            )
        ]
        indexes = [models.Index(fields=["digest"], condition=Q(answer="different"), name="lines_said_different")]

    def __str__(self) -> str:
        return f"{self.line}, {self.other_line}: {self.probability:.3f}"

    def say(self, answer: "LineMatch.Answer", *, by: Any) -> None:
        self.answer, self.answered_by, self.answered_at = answer, str(by)[:200], timezone.now()
        self.save(update_fields=["answer", "answered_by", "answered_at"])
