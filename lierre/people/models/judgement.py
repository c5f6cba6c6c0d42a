"""What somebody answered about a pair: kept when it is taken back, because disagreements are counted."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.matching_model import MatchingModel
from lierre.people.models.merge import Merge
from lierre.people.models.suspicion import Suspicion


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def by(self, user: Any) -> Self:
        return self.filter(actor_id=user.pk)

    def decided(self) -> Self:
        """Without what was only put off."""
        return self.exclude(answer=Suspicion.State.LATER)

    def disagreed(self) -> Self:
        return self.filter(Q(undone_at__isnull=False) | Q(contradicted_at__isnull=False))

    def take_back(self, *, by: Any) -> int:
        """These answers no longer hold: their pairs are asked again."""
        pairs = list(self.values_list("suspicion_id", flat=True))
        waiting = {"state": Suspicion.State.WAITING, "judged_by": "", "judged_at": None}
        Suspicion.objects.filter(pk__in=pairs).update(**waiting)
        return self.update(undone_at=timezone.now(), undone_by=str(by)[:200])

    def of_merge(self, merge: Merge) -> Self:
        return self.standing().filter(merge=merge)


class Judgement(models.Model):
    """
    One answer about one pair. Answers given by one gesture about several bear the same `gesture`.

    `probability`, `weights` and `model` are what the machine thought of the pair just then: answers are compared with it.
    """

    suspicion = models.ForeignKey(Suspicion, models.CASCADE, related_name="judgements")
    answer = models.CharField(max_length=10, choices=Suspicion.State)
    merge = models.ForeignKey(Merge, models.CASCADE, null=True, related_name="judgements")
    probability = models.FloatField(null=True)
    weights = models.JSONField(default=list)
    model = models.ForeignKey(MatchingModel, models.PROTECT, null=True, related_name="+", db_index=False)
    gesture = models.CharField(max_length=12, db_index=True)
    actor_id = models.BigIntegerField(null=True)  # number of the account
    by_name = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    contradicted_at = models.DateTimeField(null=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")

    def __str__(self) -> str:
        return str(self.get_answer_display())
