"""How a file that no preset knows is read, once someone has said it: recognised again the next time."""

from collections.abc import Sequence

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.fold.text import folded
from lierre.people.models.source import Source


class Mapping(models.Model):
    """Column → target, for a header. The signature is the folded header, so order of columns does not matter."""

    signature = models.CharField(max_length=64, unique=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    columns = models.JSONField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self) -> str:
        return self.signature

    def for_header(self, header: Sequence[str]) -> dict[str, str]:
        """What each column of a file means, under the name that this file gives it: another one may write it in capitals."""
        meant = {folded(column): target for column, target in self.columns.items()}
        return {column: meant[folded(column)] for column in header if folded(column) in meant}
