"""A person whom a line may speak of, as the matching found them: kept with what it weighed, and with what staff said."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.delivery import Delivery
from lierre.people.models.matching_model import MatchingModel
from lierre.people.models.matching_rule import MatchingRule
from lierre.people.models.person import Person


class LineMatchQuerySet(models.QuerySet["LineMatch"]):
    def of_line(self, delivery_id: int, line: int) -> Self:
        return self.filter(delivery=delivery_id, line=line).order_by("-probability", "pk")

    def best(self) -> Self:
        """One for each line: the most probable."""
        return self.filter(rank=1)

    def answered(self) -> Self:
        return self.exclude(answer="")


class LineMatch(models.Model):
    """`weights`: [[field, level, bits], …], from the start to the sum. `band`: what was made of the line."""

    class Band(models.TextChoices):
        LINK = "link", _("linked alone")
        ASK = "ask", _("asked")
        NEW = "new", _("new")

    class Answer(models.TextChoices):
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("somebody else")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="matches", db_index=False)
    line = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField()  # 1 for the most probable of the line
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    probability = models.FloatField(_("probability"))
    weights = models.JSONField(default=list)
    band = models.CharField(max_length=4, choices=Band)
    model = models.ForeignKey(MatchingModel, models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(MatchingRule, models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = LineMatchQuerySet.as_manager()

    class Meta:
        ordering = ["delivery_id", "line", "rank"]
        verbose_name = _("person found for a line")
        verbose_name_plural = _("persons found for lines")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "line", "rank"], name="candidates_of_a_line_are_ranked")
        ]
        indexes = [models.Index(fields=["probability"], condition=Q(rank=1), name="best_candidates_by_sureness")]

    def __str__(self) -> str:
        return f"{self.delivery_id}, {self.line}: {self.probability:.3f}"

    def say(self, answer: "LineMatch.Answer", *, by: Any) -> None:
        self.answer, self.answered_by, self.answered_at = answer, str(by)[:200], timezone.now()
        self.save(update_fields=["answer", "answered_by", "answered_at"])


class MatchingRefusal(models.Model):
    """“Not the same person”, for ever: neither a line that comes again, nor another with its numbers, is asked about."""

    pk = models.CompositePrimaryKey("hash", "person_id")
    hash = models.BigIntegerField()  # of a strong key of the line, or of the whole line
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("person whom a line does not speak of")
        verbose_name_plural = _("persons whom lines do not speak of")

    def __str__(self) -> str:
        return f"{self.hash}, {self.person_id}"
