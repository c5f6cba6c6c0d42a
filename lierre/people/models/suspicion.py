"""Two persons who may be one: found by the machine, judged by somebody, and never asked twice."""

from datetime import timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.matching_model import MatchingModel
from lierre.people.models.merge import Merge
from lierre.people.models.person import Person

# Long enough to look for someone elsewhere, short enough that a closed lid holds nobody up.
LEASE: Final = timedelta(minutes=10)


class SuspicionQuerySet(models.QuerySet["Suspicion"]):
    def waiting(self) -> Self:
        return self.filter(state=Suspicion.State.WAITING).of_standing()

    def of_standing(self) -> Self:
        """Without those of somebody who was merged since: they are asked of whoever they became."""
        gone = Merge.objects.standing().values("gone")
        return self.exclude(low__in=gone).exclude(high__in=gone)

    def in_order(self) -> Self:
        return self.order_by("-worth", "pk")

    def about(self, *persons: Person) -> Self:
        return self.filter(Q(low__in=persons) | Q(high__in=persons))

    def between(self, some: "list[int]", others: "list[int]") -> Self:
        return self.filter(Q(low__in=some, high__in=others) | Q(low__in=others, high__in=some))

    def free_for(self, user: Any) -> Self:
        """Those that nobody else is looking at."""
        return self.filter(Q(held_until=None) | Q(held_until__lt=timezone.now()) | Q(held_by=user))

    def with_persons(self) -> Self:
        return self.select_related("low", "high", "held_by")

    @transaction.atomic
    def hold(self, user: Any) -> int:
        """Take these for some minutes, and let go of what this user held before. Tells how many were taken."""
        numbers = list(self.values_list("pk", flat=True))
        Suspicion.objects.filter(held_by=user).exclude(pk__in=numbers).update(held_by=None, held_until=None)
        free = Suspicion.objects.filter(pk__in=numbers).free_for(user)
        return free.update(held_by=user, held_until=timezone.now() + LEASE)


class Suspicion(models.Model):
    """
    `weights`: what each clue is worth, in bits, in the order in which it is read. `worth` orders the queue. `model`: the
    version of what was learnt of the base that weighed it; none when clues were counted one by one.

    "Different" is remembered for ever: a search that finds the pair again does not ask again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("two persons")
        LATER = "later", _("put off")

    low = models.ForeignKey(Person, models.CASCADE, related_name="+")
    high = models.ForeignKey(Person, models.CASCADE, related_name="+")
    probability = models.FloatField(_("probability"))
    worth = models.FloatField()
    weights = models.JSONField(default=list)  # [[field, level, bits], …]
    rule = models.CharField(max_length=40)  # version of what found it
    model = models.ForeignKey(MatchingModel, models.PROTECT, null=True, related_name="+", db_index=False)
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)  # the last search that found it
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    judged_by = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    held_until = models.DateTimeField(null=True)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        ordering = ["-worth", "id"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        # The whole of what counting asks: the weights make each row too wide to be read for it.
        indexes = [models.Index(fields=["state", "-worth", "low", "high", "probability"], name="suspicions_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="a_pair_is_suspected_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="a_pair_is_in_order"),
        ]

    def __str__(self) -> str:
        return str(_("possible duplicate"))

    @property
    def waits(self) -> bool:
        return self.state in {self.State.WAITING, self.State.LATER}

    def held_by_another(self, user: Any) -> bool:
        late = self.held_until is None or self.held_until < timezone.now()
        return not late and self.held_by_id not in {None, user.pk}


class DuplicateSearch(models.Model):
    """
    One search: through the whole base, or through those who have changed since the one before.

    `reached`: the pair after which it goes on when it was stopped. `persons`: how many were looked for.
    """

    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    reached = models.JSONField(default=list)
    rule = models.CharField(max_length=40)
    is_whole = models.BooleanField(default=True)
    model = models.ForeignKey(MatchingModel, models.PROTECT, null=True, related_name="+", db_index=False)
    seen_change = models.BigIntegerField(default=0)  # the last change of the directory when it began
    persons = models.IntegerField(default=0)
    pairs = models.IntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("search of duplicates")
        verbose_name_plural = _("searches of duplicates")

    def __str__(self) -> str:
        return str(self.began_at)
