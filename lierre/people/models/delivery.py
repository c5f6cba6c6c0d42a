"""One table or document that was delivered, as it came."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.fold.text import folded
from lierre.people.models.imports import Import
from lierre.people.models.mapping import Mapping


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
    def path(self) -> Path:
        return self.imported.folder / self.file

    @property
    def is_recognised(self) -> bool:
        return bool(self.dialect)

    def map_columns(self, columns: dict[str, str], *, by: Any) -> None:
        """Say what each column of a table means. The next file with the same header is then recognised."""
        chosen = {column: target for column, target in columns.items() if target}
        if self.imported.state not in {"received", "ready", "rehearsed"}:
            raise Refused(_now("These lines are already written: revert the import to read them in another way."))
        if not chosen.keys() <= set(self.header):
            raise Refused(_now("One of these columns is not in the file: open the page again."))
        if not {"family", "usage", "given", "full_name"} & set(chosen.values()) and "identifier" not in chosen.values():
            raise Refused(_now("Say at least which column holds the name, or an identifier."))
        with transaction.atomic():
            self.dialect, self.mapping = "generic", chosen
            self.save(update_fields=["dialect", "mapping"])
            Mapping.objects.update_or_create(
                signature=signature(self.header),
                defaults={"columns": chosen, "by_name": str(by), "at": timezone.now(), "source": self.imported.source},
            )
            record("import.mapped", self.imported, by=by, file=self.name)
            self.imported.become_ready()


def signature(header: Sequence[str]) -> str:
    """Of a header, without regard to the order of its columns, to case nor to accents."""
    return sha256("\n".join(sorted(folded(column) for column in header)).encode()).hexdigest()
