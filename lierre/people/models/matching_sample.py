"""Pairs drawn to know how often the machine is wrong: judged one at a time, whatever was made of them."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import record
from lierre.people.models.line_match import LineMatch


class MatchingSample(models.Model):
    """One draw. `strata`: [lowest probability, how many lines were there], from the least probable."""

    strata = models.JSONField()
    by_name = models.CharField(_("drawn by"), max_length=200)
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("sample of the matching")
        verbose_name_plural = _("samples of the matching")

    def __str__(self) -> str:
        return str(self.drawn_at)


class SampledMatchQuerySet(models.QuerySet["SampledMatch"]):
    def waiting(self) -> Self:
        return self.filter(answer="").order_by("place")

    def judged(self) -> Self:
        return self.filter(answer__in=[LineMatch.Answer.SAME, LineMatch.Answer.DIFFERENT])


class SampledMatch(models.Model):
    """One line and the person it most resembles. `place`: in which order it is shown, for no reason."""

    UNKNOWN = "unknown"

    sample = models.ForeignKey(MatchingSample, models.CASCADE, related_name="pairs")
    match = models.ForeignKey(LineMatch, models.CASCADE, related_name="+")
    stratum = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    answer = models.CharField(
        max_length=9, blank=True, choices=[*LineMatch.Answer.choices, (UNKNOWN, _("I cannot tell"))]
    )
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = SampledMatchQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        verbose_name = _("sampled pair")
        verbose_name_plural = _("sampled pairs")
        constraints = [models.UniqueConstraint(fields=["sample", "match"], name="a_pair_is_sampled_once")]

    def __str__(self) -> str:
        return f"{self.place}"

    def judge(self, answer: str, *, by: Any) -> None:
        """An empty answer takes the one before back."""
        with transaction.atomic():
            self.answer, self.answered_by = answer, str(by)[:200]
            self.answered_at = timezone.now() if answer else None
            self.save(update_fields=["answer", "answered_by", "answered_at"])
            record("matching.judged", self.sample, by=by, place=self.place, answer=answer)
