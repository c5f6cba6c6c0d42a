"""Whom it would be worth asking, and about what: reckoned every night, the most valuable first."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.models import Person


class Kind(models.TextChoices):
    """What is asked: one thing, never two."""

    STILL = "still", _("is this position still theirs?")
    WHICH = "which", _("what do they do today?")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def within(self, *, first_class: int | None = None, last_class: int | None = None, unit: int | None = None) -> Self:
        """Of these classes, of this faculty or school."""
        found = self
        if first_class is not None:
            found = found.filter(year__gte=first_class)
        if last_class is not None:
            found = found.filter(year__lte=last_class)
        return found if unit is None else found.filter(unit_id=unit)


class Candidate(models.Model):
    """`gain` = `chance` that the fact has changed × `worth` of knowing it."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    chance = models.FloatField()
    worth = models.FloatField()
    gain = models.FloatField()
    age = models.IntegerField(null=True)  # days since it was last said; None when it never was
    proven = models.BooleanField(default=False)  # an address that was proven, or said within two years
    known = models.FloatField(null=True)  # share of their class that is fresh, from 0 to 1
    year = models.SmallIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-gain", "person_id"]
        verbose_name = _("person worth asking")
        verbose_name_plural = _("persons worth asking")
        indexes = [models.Index(fields=["-gain", "person_id"], name="community_most_worth_asking")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class Reckoning(models.Model):
    """How the candidates were reckoned: one row, of the last time."""

    day = models.DateField()
    pairs = models.IntegerField(default=0)  # testimonies compared, two by two
    bands = models.JSONField(default=list)  # [days, pairs, changed, chance]
    weighed = models.IntegerField(default=0)  # persons who could be asked something
    kept = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("reckoning")
        verbose_name_plural = _("reckonings")

    def __str__(self) -> str:
        return self.day.isoformat()
