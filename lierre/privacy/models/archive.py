"""What stays of someone once the clock has run out: the degree that was awarded, out of every list; and the clock itself."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.periods import months_later
from lierre.people.models import Person, Study
from lierre.privacy.models.purpose import Purpose


class ArchivedDegreeQuerySet(models.QuerySet["ArchivedDegree"]):
    def of_somebody_called(self, words: str) -> Self:
        """Whose name holds each of these words."""
        found = self
        for word in words.split():
            found = found.filter(name__icontains=word)
        return found

    def over(self, day: date | None = None) -> Self:
        """Those whose time in the archive has passed."""
        return self.filter(kept_until__lt=day or timezone.localdate())


class ArchivedDegree(models.Model):
    """
    Intermediate archive: read by the data protection officer to attest a degree, and by nobody else.

    It has a purpose of its own, so a legal basis, an audience, and a last day.
    """

    name = models.CharField(gettext_lazy("name"), max_length=210)
    born = models.CharField(gettext_lazy("date of birth"), max_length=10, blank=True)
    degree = models.CharField(gettext_lazy("degree"), max_length=300)
    year = models.SmallIntegerField(gettext_lazy("year"), null=True)
    honours = models.CharField(gettext_lazy("honours"), max_length=60, blank=True)
    archived_on = models.DateField(default=timezone.localdate)
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="archived")
    kept_until = models.DateField(gettext_lazy("last day"), null=True, db_index=True)

    objects = ArchivedDegreeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "year", "id"]
        verbose_name = gettext_lazy("archived degree")
        verbose_name_plural = gettext_lazy("archived degrees")
        indexes: ClassVar = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return f"{self.degree} {self.year or ''}".strip()

    @classmethod
    def keep(cls, person: Person, purpose: Purpose | None) -> int:
        """The degrees that were awarded, with the name that stands on the diploma. Without a purpose, nothing is kept."""
        if purpose is None:
            return 0
        awarded = Study.objects.filter(person=person).exclude(obtained=False).select_related("degree")
        name = f"{person.family or person.usage} {person.given}".strip()
        last = months_later(timezone.localdate(), purpose.retention_months)
        kept = [
            ArchivedDegree(
                name=name, born=person.born, degree=str(each.degree), year=each.year, honours=each.honours,
                purpose=purpose, kept_until=last,
            )
            for each in awarded
            if each.degree_id
        ]  # fmt: skip
        # Asked again after a refusal or a crash, nothing is kept twice.
        known = cls.objects.filter(name=name, born=person.born)
        held = set(known.values_list("degree", "year"))
        kept = [each for each in kept if (each.degree, each.year) not in held]
        ArchivedDegree.objects.bulk_create(kept)
        return len(kept)


class Clock(models.Model):
    """One row: whether letters that are owed leave by themselves, and the clock lets people go. Somebody starts it."""

    running = models.BooleanField(default=False)

    class Meta:
        verbose_name = gettext_lazy("retention clock")
        verbose_name_plural = gettext_lazy("retention clock")

    def __str__(self) -> str:
        return str(gettext_lazy("running") if self.running else gettext_lazy("stopped"))

    @classmethod
    def runs(cls) -> bool:
        return cls.objects.filter(pk=1, running=True).exists()

    @classmethod
    def turn(cls, running: bool, *, by: Any, reason: str) -> None:
        if cls.runs() == running:
            raise Refused(_("It is so already."))
        with transaction.atomic():
            clock, _new = cls.objects.update_or_create(pk=1, defaults={"running": running})
            record("clock.started" if running else "clock.stopped", clock, by=by, why=reason)
