"""An import: files of one source, rehearsed, applied, perhaps reverted."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.work import Work
from lierre.people.models.source import Source

EPOCH: Final = date(1970, 1, 1)


class ImportQuerySet(models.QuerySet["Import"]):
    def latest_first(self) -> Self:
        return self.select_related("source").order_by("-id")


class Import(models.Model):
    """Several files that came together. What they say is known by their source and their date."""

    class State(models.TextChoices):
        RECEIVED = "received", _("to describe")
        READY = "ready", _("ready to rehearse")
        REHEARSING = "rehearsing", _("being rehearsed")
        REHEARSED = "rehearsed", _("rehearsed")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        REVERTING = "reverting", _("being reverted")
        REVERTED = "reverted", _("reverted")
        ABANDONED = "abandoned", _("abandoned")

    source = models.ForeignKey(Source, models.PROTECT, related_name="imports", verbose_name=_("who speaks"))
    asserted_on = models.DateField(_("from when are these values"), default=timezone.localdate)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    by_name = models.CharField(_("brought by"), max_length=200)
    member_id = models.BigIntegerField(null=True, blank=True)  # the person, when they bring their own archive

    # What the rehearsal found: counts per outcome, samples, columns.
    rehearsal = models.JSONField(default=dict, blank=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    # The last change of the base when it was rehearsed: if it has grown, rehearse again.
    seen_change = models.BigIntegerField(default=0)

    # Blocks of numbers reserved by the apply, so that a run that was killed goes on with the same ones.
    first_record = models.BigIntegerField(null=True, blank=True)
    last_record = models.BigIntegerField(null=True, blank=True)
    first_person = models.BigIntegerField(null=True, blank=True)
    written = models.BigIntegerField(default=0)  # statements written so far, committed with them
    applied_at = models.DateTimeField(null=True, blank=True)
    reverted_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            # Two imports writing at once would decide on a base that moves under them.
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=["applying", "reverting"]),
                name="one_import_writes_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        if self.member_id:  # the file that someone brings often bears their name, and the journal keeps this
            return self.source.name
        names = [delivery.name for delivery in self.deliveries.all()[:3]]
        return ", ".join(names) or self.source.name

    def get_absolute_url(self) -> str:
        return reverse("people:import", args=[self.pk])

    @property
    def folder(self) -> Path:
        return settings.DATA_DIR / "imports" / str(self.pk)

    @property
    def verdicts_path(self) -> Path:
        return self.folder / "verdicts.npz"

    @property
    def stage_path(self) -> Path:
        """What was understood of each line, while it is not written yet."""
        return self.folder / "lines.staged"

    @property
    def asserted(self) -> int:
        """Days since 1970-01-01."""
        return (self.asserted_on - EPOCH).days

    @property
    def size(self) -> int:
        """Bytes of everything that was delivered."""
        return sum(self.deliveries.values_list("size", flat=True))

    @property
    def expected_lines(self) -> int:
        return sum(self.deliveries.values_list("lines", flat=True))

    @property
    def is_busy(self) -> bool:
        return self.state in {self.State.REHEARSING, self.State.APPLYING, self.State.REVERTING}

    def ask_rehearsal(self, *, by: Any) -> Work:
        """Read everything and judge each line, without writing anything."""
        return self.ask("people.rehearse", {"ready", "rehearsing", "rehearsed", "reverted"}, by)

    def ask_apply(self, *, by: Any) -> Work:
        """Write what was rehearsed. A run that an error stopped goes on where it was."""
        return self.ask("people.apply", {"rehearsed", "applying"}, by)

    def ask_revert(self, *, by: Any) -> Work:
        """Take back what was written. What came later stays."""
        return self.ask("people.revert", {"applied", "applying", "reverting"}, by)

    def ask(self, name: str, states: set[str], by: Any) -> Work:
        if self.state not in states:
            raise Refused(
                _now("This import is %(state)s: that cannot be done now.") % {"state": self.get_state_display()}
            )
        self.check_nobody_is_on_it()
        return Work.ask(name, by=by, title=str(self), on=self, import_id=self.pk)

    @property
    def has_work(self) -> bool:
        """Whether a work on it waits or runs. One that is busy without any was interrupted."""
        return Work.objects.unfinished().filter(name__startswith="people.", arguments={"import_id": self.pk}).exists()

    def check_nobody_is_on_it(self) -> None:
        if self.has_work:
            raise Refused(_now("A work is already under way on this import: follow it, or cancel it first."))

    def describe(self, *, source: Source, asserted_on: date, by: Any) -> None:
        """Say who speaks and since when. What was rehearsed must then be rehearsed again."""
        if self.state not in {"received", "ready", "rehearsed"}:
            raise Refused(
                _now("This import is %(state)s: that cannot be done now.") % {"state": self.get_state_display()}
            )
        with transaction.atomic():
            self.source, self.asserted_on = source, asserted_on
            self.save(update_fields=["source", "asserted_on"])
            self.become_ready()
            record("import.described", self, by=by, source=source.name, asserted_on=asserted_on.isoformat())

    def become_ready(self) -> None:
        """Ready when every file is recognised or mapped: what nobody can read is not read in silence."""
        unknown = self.deliveries.filter(dialect="").exists()
        self.state = self.State.RECEIVED if unknown else self.State.READY
        self.save(update_fields=["state"])

    def abandon(self, *, by: Any) -> None:
        """Nothing was written: the files go, the row stays to say that they came."""
        if self.state not in {"received", "ready", "rehearsing", "rehearsed", "reverted"}:
            raise Refused(_now("This import is %(state)s: revert it first.") % {"state": self.get_state_display()})
        self.check_nobody_is_on_it()
        with transaction.atomic():
            self.move(self.State.ABANDONED, by=by)
        shutil.rmtree(self.folder, ignore_errors=True)

    def move(self, state: "Import.State", *, by: Any, **fields: Any) -> None:
        """Pass to another state, with what goes with it, and say so in the journal."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.state = state
        self.save(update_fields=["state", *fields])
        record(f"import.{state}", self, by=by)
