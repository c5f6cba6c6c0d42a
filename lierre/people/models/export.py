"""Everything, asked for by somebody, with a reason: a file that is there for a week."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.work import Work

KEPT: Final = timedelta(days=7)
# Each holds everything there is to know: whoever asks for more than this forgets where the others lie.
MOST_A_DAY: Final = 3


class ExportQuerySet(models.QuerySet["Export"]):
    def latest_first(self) -> Self:
        return self.order_by("-pk")

    def there(self) -> Self:
        """Those whose file can be taken."""
        return self.exclude(made_at=None).filter(gone_at=None)

    def expired(self) -> Self:
        return self.there().filter(made_at__lt=timezone.now() - KEPT)

    def ask(self, reason: str, *, by: Any) -> "Export":
        """Leave it to a worker. One at a time, and few a day."""
        reason = " ".join(reason.split())
        if not reason:
            raise Refused(_("Say why: the journal keeps it, and the data protection officer reads it."))
        if Work.objects.unfinished().filter(name=Export.WORK).exists():
            raise Refused(_("Everything is being packed already: wait until that is finished."))
        if self.filter(asked_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
            raise Refused(
                _("Everything was asked for %(count)d times today: take one of those.") % {"count": MOST_A_DAY}
            )
        with transaction.atomic():
            asked = self.create(reason=reason[:500], by_name=str(by)[:200])
            work = Work.ask(Export.WORK, by=by, title=_("Take everything away"), on=asked, export_id=asked.pk)
            asked.work_id = work.pk
            asked.save(update_fields=["work_id"])
            record("everything.asked", asked, by=by, why=reason)
        return asked


class Export(models.Model):
    """The file holds all persons in clear: it is taken by few, each time in the journal, and goes by itself."""

    WORK: Final = "people.export"

    reason = models.CharField(gettext_lazy("why"), max_length=500)
    by_name = models.CharField(gettext_lazy("asked by"), max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    work_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    persons = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    gone_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("full export")
        verbose_name_plural = gettext_lazy("full exports")

    def __str__(self) -> str:
        return str(gettext_lazy("full export"))

    def get_absolute_url(self) -> str:
        return reverse("people:everything")

    @property
    def path(self) -> Path:
        return settings.DATA_DIR / "exports" / f"lierre-{self.pk}.zip"

    @property
    def is_there(self) -> bool:
        return self.made_at is not None and self.gone_at is None

    @property
    def goes_at(self) -> Any:
        return self.made_at + KEPT if self.made_at else None

    def arrive(self, persons: int, *, by: Any) -> None:
        """The file is there."""
        with transaction.atomic():
            self.made_at, self.persons, self.size = timezone.now(), persons, self.path.stat().st_size
            self.save(update_fields=["made_at", "persons", "size"])
            record("everything.exported", self, by=by, why=self.reason, persons=persons)

    def take(self, *, by: Any) -> None:
        """Somebody is about to carry it away."""
        if not self.is_there or not self.path.exists():
            raise Refused(_("This file is gone. Ask for another one."))
        with transaction.atomic():
            record("everything.taken", self, by=by, why=self.reason)

    def destroy(self, *, by: Any) -> None:
        self.path.unlink(missing_ok=True)
        with transaction.atomic():
            if type(self).objects.filter(pk=self.pk, gone_at=None).update(gone_at=timezone.now()):
                record("everything.destroyed", self, by=by)
        self.refresh_from_db()
