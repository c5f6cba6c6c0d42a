"""A word to somebody by mail: left as a row in the same transaction as what it tells, sent once."""

from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

LEASE: Final = timedelta(minutes=2)
ATTEMPTS: Final = 6
KEPT: Final = timedelta(days=30)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self) -> Self:
        return self.filter(send_at__lte=timezone.now()).select_related("to").order_by("pk")

    def old(self) -> Self:
        return self.filter(made_at__lt=timezone.now() - KEPT)


class Notice(models.Model):
    """`send_at` None: it has left, or will not. `to` somebody of the house, or `address` of somebody outside."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, default=timezone.now, db_index=True)
    left_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("notice")
        verbose_name_plural = gettext_lazy("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(to=None) & ~Q(address="") | Q(to__isnull=False, address=""), name="a_notice_goes_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def goes_to(self) -> str:
        """ "" when whoever it was for has left."""
        if self.to is None:
            return self.address
        return self.to.email if self.to.is_active else ""

    def claim(self) -> bool:
        """Take it for two minutes. Killed before it leaves, it is due again."""
        mine = type(self).objects.filter(pk=self.pk, send_at=self.send_at)
        return bool(mine.update(send_at=timezone.now() + LEASE, attempts=F("attempts") + 1))

    def leave(self) -> None:
        """It is being handed over: never again by itself."""
        type(self).objects.filter(pk=self.pk).update(send_at=None, left_at=timezone.now())

    def put_off(self) -> None:
        self.refresh_from_db()
        later = timezone.now() + LEASE * 2**self.attempts if self.attempts < ATTEMPTS else None
        type(self).objects.filter(pk=self.pk).update(send_at=later, left_at=None)
