"""One table or document that was delivered, as it came."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.models.imports import Import


class Delivery(models.Model):
    """A file, or a sheet, or a member of an archive: how it was recognised, and how its columns are read."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="deliveries")
    name = models.CharField(_("file"), max_length=255)
    file = models.CharField(max_length=255)  # inside the import's folder
    part = models.PositiveIntegerField(default=0)  # which table or document of the file
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    dialect = models.CharField(_("recognised as"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=100)
    header = models.JSONField(default=list, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=4, blank=True)
    mapping = models.JSONField(default=dict, blank=True)  # column → target, for the generic mapper
    left_aside = models.JSONField(default=list, blank=True)  # what was in the archive and was not read
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return settings.DATA_DIR / "imports" / str(self.imported_id)

    @property
    def path(self) -> Path:
        return self.folder / self.file
