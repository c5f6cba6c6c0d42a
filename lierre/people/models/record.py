"""A record: one line or one document, kept as it came, with its source and date. Never changed."""

import json
from datetime import date, timedelta
from typing import Any, Self, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import Facts
from lierre.people.fold import Testimony
from lierre.people.matching.keys import Key, keys_of
from lierre.people.models.delivery import Delivery
from lierre.people.models.imports import EPOCH
from lierre.people.models.source import Source


class RecordQuerySet(models.QuerySet["Record"]):
    def of(self, person_ids: "list[int]") -> Self:
        return self.filter(person_id__in=person_ids).order_by("person_id", "id")

    def spoken(self) -> "list[Record]":
        """With what a page needs to name the witness."""
        return list(self.select_related("source", "delivery"))


class Record(models.Model):
    """What was said, by whom, when. The database refuses that its content be changed; only its person may be."""

    class Link(models.IntegerChoices):
        """Why this record belongs to its person."""

        NEW = 0, _("nobody was known by its keys")
        STUDENT_NUMBER = 1, _("same student number")
        INE = 2, _("same national student number")
        IDENTIFIER = 3, _("same identifier in the same source")
        EMAIL = 4, _("same confirmed e-mail")
        MEMBER = 5, _("brought by the person, signed in")
        STAFF = 6, _("decided by staff")
        LINE = 7, _("same line, brought again by the same source")
        LIKENESS = 8, _("recognised by what it says, without any number")

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="records", db_index=False)
    line = models.PositiveIntegerField(default=0)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="records")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    asserted = models.IntegerField()  # days since 1970-01-01
    linked_by = models.SmallIntegerField(choices=Link, default=Link.NEW)
    digest = models.BigIntegerField()  # of `raw`: the same line delivered again is not kept twice
    raw = models.TextField()  # the line as it came: a JSON array for a table, any JSON for a document
    facts = models.TextField()  # what was understood, a JSON object without nulls
    said_by = models.CharField(max_length=200, blank=True)  # who typed it, for staff and members
    reason = models.CharField(max_length=500, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("record")
        verbose_name_plural = _("records")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "line"], condition=models.Q(delivery__isnull=False), name="a_line_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.asserted_on}"

    @property
    def asserted_on(self) -> date:
        return EPOCH + timedelta(days=self.asserted)

    @property
    def said(self) -> Facts:
        return cast(Facts, json.loads(self.facts))

    @property
    def original(self) -> Any:
        return json.loads(self.raw)

    @property
    def keys(self) -> list[Key]:
        """The strong keys it carries, as they were looked up when it came."""
        return keys_of(self.said, self.source_id, self.digest)

    def testimony(self) -> Testimony:
        """As the fold hears it. Ask for the source together with the record."""
        return Testimony(self.id, self.source.kind, self.asserted, self.said)


class RecordKey(models.Model):
    """A strong key that a record carries: hash of "kind|value". The person is the record's, so linking moves no key."""

    pk = models.CompositePrimaryKey("hash", "record_id")
    hash = models.BigIntegerField()
    record_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def __str__(self) -> str:
        return f"{self.hash}, {self.record_id}"
