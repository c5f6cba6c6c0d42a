"""A line that could not be taken: kept with its reason, corrected in place or cleared by a later file."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.faults import LIKE_SOMEBODY_ERASED, Fault, advice, sentence
from lierre.people.models.delivery import Delivery
from lierre.people.models.record import Record


class QuarantineQuerySet(models.QuerySet["QuarantinedLine"]):
    def waiting(self) -> Self:
        return self.filter(state=QuarantinedLine.State.WAITING)

    def refused(self) -> Self:
        return self.exclude(code__in=QuarantinedLine.FOR_SOMEBODY)

    def to_decide(self) -> Self:
        return self.filter(code__in=QuarantinedLine.FOR_SOMEBODY)


class QuarantinedLine(models.Model):
    """File, line, column, reason. `candidates` are persons to choose from, when the keys point at several."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        REPLAYED = "replayed", _("corrected and taken")
        CLEARED = "cleared", _("repaired by a later file")
        SUPERSEDED = "superseded", _("brought again by a later delivery")
        DROPPED = "dropped", _("set aside")

    TO_DECIDE = "keys_disagree"
    RESEMBLES = "resembles"  # somebody, as `reconciling` found: no key settles it
    RESEMBLES_A_LINE = "resembles_a_line"  # of the same import, which makes a person
    LIKENESSES = (RESEMBLES, RESEMBLES_A_LINE)
    FOR_SOMEBODY = (TO_DECIDE, *LIKENESSES, LIKE_SOMEBODY_ERASED)

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="quarantined")
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=30)
    column = models.CharField(_("column"), max_length=200, blank=True)
    value = models.CharField(_("value"), max_length=500, blank=True)
    raw = models.TextField(blank=True)  # as a record keeps it; empty when the line could not even be split
    # What was understood of it, as a record keeps it: whoever decides has not to wait for the file to be read again.
    facts = models.TextField(blank=True, default="")
    asserted_on = models.CharField(max_length=10, blank=True, default="")
    candidates = models.JSONField(default=list, blank=True)
    keys = models.JSONField(default=list, blank=True)  # hashes, so that a later file that repairs the line clears it
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    superseded_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="supersedes")
    record = models.ForeignKey(Record, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        ordering = ["delivery_id", "line"]
        verbose_name = _("quarantined line")
        verbose_name_plural = _("quarantined lines")

    def __str__(self) -> str:
        return f"{self.delivery}, {self.line}: {self.reason}"

    @property
    def fault(self) -> Fault:
        return Fault(self.code, self.line, self.column, self.value)

    @property
    def reason(self) -> str:
        return sentence(self.fault)

    @property
    def what_to_do(self) -> str:
        return advice(self.fault)

    def settle(self, state: "QuarantinedLine.State", *, by: str) -> None:
        self.state, self.settled_by, self.settled_at = state, by, timezone.now()
        self.save(update_fields=["state", "settled_by", "settled_at", "record"])
