"""A live question that has a name: who answers it is found again each time, with the rights of whoever asks."""

from typing import Any, Final, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

LONGEST: Final = 20_000


class SegmentQuerySet(models.QuerySet["Segment"]):
    def standing(self) -> Self:
        return self.filter(forgotten_at=None)

    def keep(self, name: str, question: dict[str, Any], *, by: Any, purpose: str = "") -> "Segment":
        """Name a question. Two segments of one name could not be told apart."""
        name = said(name, self.standing())
        with transaction.atomic():
            segment = self.create(name=name, purpose=purpose[:300], question=question, by_name=str(by)[:200])
            segment.note(by=by)
            record("segment.created", segment, by=by)
        return segment


class Segment(models.Model):
    """`question` is what is asked today; each change leaves a version, so that a past mailing can be explained."""

    name = models.CharField(gettext_lazy("name"), max_length=100)
    purpose = models.CharField(gettext_lazy("what it is for"), max_length=300, blank=True)
    question = models.JSONField()
    number = models.PositiveIntegerField(default=1)  # of the version that stands
    by_name = models.CharField(gettext_lazy("made by"), max_length=200)
    changed_at = models.DateTimeField(default=timezone.now)
    forgotten_at = models.DateTimeField(null=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = gettext_lazy("segment")
        verbose_name_plural = gettext_lazy("segments")
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(forgotten_at=None), name="one_standing_segment_by_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:segment", args=[self.pk])

    def note(self, *, by: Any) -> None:
        """Remember what is asked from now on."""
        SegmentVersion.objects.create(
            segment=self, number=self.number, name=self.name, question=self.question, by_name=str(by)[:200]
        )

    def change(self, name: str, question: dict[str, Any], *, by: Any, purpose: str = "") -> None:
        """Ask something else under this name, or the same under another. Nothing is written when nothing changes."""
        name = said(name, Segment.objects.standing().exclude(pk=self.pk))
        if (name, purpose, question) == (self.name, self.purpose, self.question):
            return
        with transaction.atomic():
            self.number = Segment.objects.select_for_update().get(pk=self.pk).number + 1
            self.name, self.purpose, self.question, self.changed_at = name, purpose[:300], question, timezone.now()
            self.save()
            self.note(by=by)
            record("segment.changed", self, by=by, version=self.number)

    def forget(self, *, by: Any) -> None:
        """The row and its versions stay: what was done with it must be explained later."""
        with transaction.atomic():
            if type(self).objects.filter(pk=self.pk, forgotten_at=None).update(forgotten_at=timezone.now()):
                record("segment.forgotten", self, by=by)


class SegmentVersion(models.Model):
    """What was asked, from when on, and who decided it."""

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    question = models.JSONField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        verbose_name = gettext_lazy("version of a segment")
        verbose_name_plural = gettext_lazy("versions of segments")
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="a_version_is_numbered_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.number}"


def said(name: str, others: SegmentQuerySet) -> str:
    """A name that may be used."""
    name = " ".join(name.split())[:100]
    if not name:
        raise Refused(_("Give this segment a name, so that others understand whom it holds."))
    if others.filter(name=name).exists():
        raise Refused(_("Another segment bears this name already."))
    return name
