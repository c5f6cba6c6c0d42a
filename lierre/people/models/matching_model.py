"""What the matching has learnt of the base: one version after another, none ever changed."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MatchingModelQuerySet(models.QuerySet["MatchingModel"]):
    def adopted(self) -> Self:
        return self.exclude(adopted_at=None).order_by("-adopted_at", "-pk")


class MatchingModel(models.Model):
    """
    `parameters` as the engine describes them; `rarities`: how often each value is borne, those borne once left out.

    Learnt from the base alone, or from a file, it is adopted at once; proposed from answers, when somebody accepts it.
    """

    class Origin(models.TextChoices):
        BASE = "base", _("from the base itself")
        ANSWERS = "answers", _("from the answers given")

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.BASE)
    parameters = models.JSONField()
    rarities = models.BinaryField()
    persons = models.IntegerField()  # in the base when it was learnt
    learnt_at = models.DateTimeField(default=timezone.now)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=200, blank=True)

    objects = MatchingModelQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("matching model")
        verbose_name_plural = _("matching models")

    def __str__(self) -> str:
        return str(self.pk)
