"""What the matching has learnt of the base: one version after another, none ever changed."""

from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import record


class MatchingModelQuerySet(models.QuerySet["MatchingModel"]):
    def adopted(self) -> Self:
        return self.exclude(adopted_at=None).order_by("-adopted_at", "-pk")


class MatchingModel(models.Model):
    """
    `parameters` as the engine describes them; `rarities`: how often each value is borne, those borne once left out.

    `within`: the same for two persons of the base, or two lines of one file. Both are what the base says alone.
    `adjustments` are what answers have taught on top: {"lines" or "pairs": {"field level": bits}}. Learnt from the base, a
    version is adopted at once; taught by answers, when somebody accepts it.
    """

    class Origin(models.TextChoices):
        BASE = "base", _("from the base itself")
        ANSWERS = "answers", _("from the answers given")

    origin = models.CharField(max_length=8, choices=Origin, default=Origin.BASE)
    parameters = models.JSONField()
    within = models.JSONField(default=dict)
    adjustments = models.JSONField(default=dict)
    rarities = models.BinaryField()
    persons = models.IntegerField()  # in the base when it was learnt
    learnt_at = models.DateTimeField(default=timezone.now)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    measured = models.JSONField(default=dict)  # before and after, on answers that were held out, when it was accepted

    objects = MatchingModelQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("matching model")
        verbose_name_plural = _("matching models")

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def in_force(cls) -> "MatchingModel | None":
        """Without what is heavy, which is read when it is asked for."""
        return cls.objects.adopted().defer("parameters", "within", "rarities").first()

    def taught(
        self, adjustments: dict[str, Any], *, by: Any, reason: str, verb: str, measured: dict[str, Any] | None = None
    ) -> "MatchingModel":
        """Another version: what the base says is the same, what answers teach on top of it is this."""
        with transaction.atomic():
            made = MatchingModel.objects.create(
                origin=self.Origin.ANSWERS, parameters=self.parameters, within=self.within, rarities=bytes(self.rarities),
                persons=self.persons, learnt_at=self.learnt_at, adjustments=adjustments, adopted_at=timezone.now(),
                adopted_by=str(by)[:200], reason=reason, measured=measured or {},
            )  # fmt: skip
            record(verb, made, by=by, why=reason, before=self.pk)
        return made
