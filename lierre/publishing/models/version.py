"""What a post said at a moment: kept each time somebody changes it, and compared word by word."""

import json
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.publishing.models.post import Post, joined


class VersionQuerySet(models.QuerySet["Version"]):
    def latest_first(self) -> Self:
        return self.order_by("-number")


class Version(models.Model):
    """`said`: {"parts": […], "language": "fr", "own": {name of an account: parts, or null when it follows}}."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("by")
    )
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = gettext_lazy("version")
        verbose_name_plural = gettext_lazy("versions")
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_version_of_each_number")]

    def __str__(self) -> str:
        return f"{self.post}, {self.number}"

    @property
    def text(self) -> str:
        return joined(self.said["parts"])

    def own_texts(self) -> dict[str, str]:
        return {name: joined(parts) for name, parts in self.said["own"].items() if parts is not None}


def digest_of(said: dict[str, Any]) -> str:
    """Of everything that readers will read, and where: an approval is of this, and of nothing else."""
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
