"""A file of posts that somebody brought: what was understood of each line, rehearsed first, written once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy


class PostsFile(models.Model):
    """`lines`: [{"number", "cells", "reason" or "", "reference", …what is to be written}, …]; the file itself is not kept."""

    name = models.CharField(gettext_lazy("file"), max_length=200)
    header = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    zone = models.CharField(max_length=64)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True)
    written = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("file of posts")
        verbose_name_plural = gettext_lazy("files of posts")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publishing:posts_file", args=[self.pk])

    @property
    def good(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if not line["reason"] and not line.get("known")]

    @property
    def known(self) -> list[dict[str, Any]]:
        """Lines that an earlier file, or this one, has brought already."""
        return [line for line in self.lines if line.get("known")]

    @property
    def bad(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["reason"]]
