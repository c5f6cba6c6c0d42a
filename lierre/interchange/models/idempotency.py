"""The answer to a request that must count once: sent again with the same key, the same answer comes back."""

from datetime import timedelta
from typing import Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.interchange.models.token import Token

KEPT: Final = timedelta(hours=24)
# A request that died leaves its key behind: after this, whoever sends it again may begin.
LEASE: Final = timedelta(minutes=10)
LONGEST: Final = 255


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def forgotten(self) -> Self:
        """Those that are kept no longer."""
        return self.filter(made_at__lt=timezone.now() - KEPT)

    def left_behind(self) -> Self:
        return self.filter(status=None, made_at__lt=timezone.now() - LEASE)


class IdempotencyKey(models.Model):
    """`status` is empty while the first request is still being answered."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)  # of the body
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    location = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="a_key_counts_once")]
        indexes = [models.Index(fields=["made_at"])]

    def __str__(self) -> str:
        return self.key

    def is_for(self, method: str, path: str, digest: str) -> bool:
        return (self.method, self.path, self.digest) == (method, path, digest)
