"""An import: files of one source, rehearsed, applied, perhaps reverted."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.source import Source


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
    # Greatest number of a record and of a decision when it was rehearsed: if either has grown, rehearse again.
    seen_record = models.BigIntegerField(default=0)
    seen_decision = models.BigIntegerField(default=0)

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
        names = [delivery.name for delivery in self.deliveries.all()[:3]]
        return ", ".join(names) or self.source.name
