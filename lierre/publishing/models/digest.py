"""The message of a week to one ambassador: a row before anything leaves, so that each gets one and never two."""

from datetime import timedelta
from typing import Any, Final, Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.publishing.models.ambassador import Ambassador

LEASE: Final = timedelta(minutes=5)
ATTEMPTS: Final = 6
KEPT: Final = timedelta(days=90)


class DigestQuerySet(models.QuerySet["Digest"]):
    def due(self) -> Self:
        found = self.filter(send_at__lte=timezone.now()).order_by("pk")
        return found.select_related("ambassador__user", "ambassador__unit")

    def old(self) -> Self:
        return self.filter(made_at__lt=timezone.now() - KEPT)


class Digest(models.Model):
    """`send_at` None: it has left, or will not; `why` then says why not."""

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="digests")
    week = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    left_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "pk"]
        verbose_name = gettext_lazy("weekly message")
        verbose_name_plural = gettext_lazy("weekly messages")
        constraints = [models.UniqueConstraint(fields=["ambassador", "week"], name="one_message_a_week_and_a_person")]

    def __str__(self) -> str:
        return f"{self.week:%G-W%V}"

    def claim(self) -> bool:
        """Take it for some minutes. Killed before it leaves, it is due again."""
        mine = type(self).objects.filter(pk=self.pk, send_at=self.send_at)
        return bool(mine.update(send_at=timezone.now() + LEASE, attempts=F("attempts") + 1))

    def leave(self) -> None:
        """It is being handed over: never again by itself."""
        self.write(send_at=None, left_at=timezone.now(), why="")

    def drop(self, why: str) -> None:
        self.write(send_at=None, left_at=None, why=why[:300])

    def put_off(self, why: str) -> None:
        """The server took nothing: later, a few times."""
        self.refresh_from_db()
        later = timezone.now() + LEASE * 2**self.attempts if self.attempts < ATTEMPTS else None
        self.write(send_at=later, left_at=None, why=why[:300])

    def write(self, **fields: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(**fields)
