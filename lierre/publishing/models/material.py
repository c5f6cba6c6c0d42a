"""One topic of a week, for those who will say it in their own words: facts with their source, three angles, a link."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.ambassador import Topic
from lierre.publishing.models.medium import Medium

if TYPE_CHECKING:
    from lierre.publishing.models.ambassador import AmbassadorQuerySet

A_WEEK: Final = timedelta(days=7)
MOST_VISUALS: Final = 4


def monday(day: date) -> date:
    """
    >>> monday(date(2026, 11, 26))
    datetime.date(2026, 11, 23)
    """
    return day - timedelta(days=day.weekday())


class MaterialQuerySet(models.QuerySet["Material"]):
    def offered(self) -> Self:
        return self.exclude(offered_at=None)

    def of_week(self, day: date) -> Self:
        return self.filter(week=monday(day))

    def meant_for(self, whom: "AmbassadorQuerySet") -> Self:
        """In a language they read; of their unit, or for everybody and on a topic that they chose. `whom`: one of them."""
        known = whom.annotate(chosen=Cast("topics", TextField()), read=Cast("languages", TextField()))
        readers = known.filter(read__contains=quoted("language"))
        near = readers.filter(unit__path__startswith=OuterRef("unit__path"))
        curious = readers.filter(Q(chosen="[]") | Q(chosen__contains=quoted("topic")))
        found = self.filter(Exists(near) | (Q(unit=None) & Exists(curious)))
        return found.order_by(F("unit__path").desc(nulls_last=True), "pk")

    def to_be_said(self, whom: "AmbassadorQuerySet", day: date) -> Self:
        return self.offered().of_week(day).meant_for(whom)


def quoted(name: str) -> Concat:
    """As a word stands in a list of JSON, on either engine."""
    return Concat(Value('"'), OuterRef(name), Value('"'), output_field=TextField())


class Material(models.Model):
    """`facts`: pairs of a fact and its source. `angles`: three points of view, never texts to paste. A draft until offered."""

    week = models.DateField(gettext_lazy("week of"), db_index=True)  # its Monday
    title = models.CharField(gettext_lazy("topic"), max_length=150)
    topic = models.CharField(gettext_lazy("theme"), max_length=12, choices=Topic)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("for the unit")
    )
    language = models.CharField(gettext_lazy("language"), max_length=5, default="fr")
    facts = models.JSONField(gettext_lazy("facts"), default=list)
    angles = models.JSONField(gettext_lazy("angles"), default=list)
    link = models.URLField(gettext_lazy("link"), max_length=300, blank=True)
    visuals = models.ManyToManyField(Medium, related_name="+", blank=True, verbose_name=gettext_lazy("visuals"))
    offered_at = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "pk"]
        verbose_name = gettext_lazy("material for ambassadors")
        verbose_name_plural = gettext_lazy("materials for ambassadors")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:material", args=[self.pk])

    @property
    def is_offered(self) -> bool:
        return self.offered_at is not None

    @property
    def sunday(self) -> date:
        return self.week + timedelta(days=6)

    @property
    def said(self) -> list[str]:
        """All its words, to know those that were pasted."""
        return [self.title, *(fact for fact, _source in self.facts), *self.angles]

    @classmethod
    def prepare(cls, said: dict[str, Any], *, by: Any) -> "Material":
        with transaction.atomic():
            made = cls.objects.create(**said, by=by)
            record("material.prepared", made, by=by)
        return made

    def change(self, said: dict[str, Any], *, by: Any) -> None:
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(**said)
            record("material.changed", self, by=by)
        self.refresh_from_db()

    def offer(self, *, by: Any) -> None:
        """Let ambassadors see it in its week."""
        if len(self.angles) != 3 or not self.facts:
            raise Refused(_("A topic has at least one fact with its source, and three angles."))
        if self.sunday < timezone.localdate():
            raise Refused(_("This week is over: choose another one first."))
        self.turn(timezone.now(), "material.offered", by=by)

    def show(self, medium: Medium, *, by: Any) -> None:
        """One more visual. Refuses one that may not be shown, or of which nobody is told what it shows and whose it is."""
        if not medium.is_image:
            raise Refused(_("A topic shows images: choose one."))
        if why := medium.why_not(timezone.localdate()):
            raise Refused(" ".join(why))
        if not medium.credit.strip() or not medium.told_in(self.language).strip():
            sentence = _("Say first whose “%(medium)s” is, and what it shows: ambassadors are given both.")
            raise Refused(sentence % {"medium": medium})
        if self.visuals.count() >= MOST_VISUALS:
            raise Refused(_("A topic shows %(most)s visuals at most.") % {"most": MOST_VISUALS})
        with transaction.atomic():
            self.visuals.add(medium)
            record("material.changed", self, by=by, shown=medium.pk)

    def hide(self, medium: Medium, *, by: Any) -> None:
        with transaction.atomic():
            self.visuals.remove(medium)
            record("material.changed", self, by=by, hidden=medium.pk)

    @cached_property
    def shown(self) -> list[Medium]:
        """What may be shown today, with its credit. A visual whose rights have ended, or that was put aside, is not there."""
        today = timezone.localdate()
        return [each for each in self.visuals.all() if not each.why_not(today)]

    @property
    def gone(self) -> int:
        """How many may no longer be shown."""
        return len(self.visuals.all()) - len(self.shown)

    def withdraw(self, *, by: Any) -> None:
        """Nobody sees it any more. What somebody wrote from it stays theirs."""
        self.turn(None, "material.withdrawn", by=by)

    def turn(self, offered_at: Any, verb: str, *, by: Any) -> None:
        with transaction.atomic():
            changed = type(self).objects.filter(pk=self.pk, offered_at__isnull=offered_at is not None)
            if changed.update(offered_at=offered_at):
                record(verb, self, by=by)
        self.refresh_from_db()
