"""Somebody of the house who chose to speak in their own name: what they like to speak of, where, in which languages."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role, Unit


class Topic(models.TextChoices):
    RESEARCH = "research", gettext_lazy("research")
    TEACHING = "teaching", gettext_lazy("teaching")
    STUDENTS = "students", gettext_lazy("student life")
    GRADUATES = "graduates", gettext_lazy("graduates and jobs")
    FIRMS = "firms", gettext_lazy("firms and innovation")
    TRANSITION = "transition", gettext_lazy("ecological transition")
    WORLD = "world", gettext_lazy("the world")
    CULTURE = "culture", gettext_lazy("culture and heritage")
    CAMPUS = "campus", gettext_lazy("campus and trades")


class Rhythm(models.IntegerChoices):
    """Days between two messages; 0: none, they come and see."""

    WEEKLY = 7, gettext_lazy("every week")
    FORTNIGHTLY = 14, gettext_lazy("every two weeks")
    MONTHLY = 28, gettext_lazy("every four weeks")
    NEVER = 0, gettext_lazy("no message: I come and see")


class AmbassadorQuerySet(models.QuerySet["Ambassador"]):
    def with_their_role(self, day: date | None = None) -> Self:
        """Those who still hold the role. Whoever lost it is written to no more, and is soon forgotten."""
        held = Role.objects.in_force(day).filter(kind=Role.Kind.AMBASSADOR, user__is_active=True)
        return self.filter(user__in=held.values("user"))

    def without_their_role(self) -> Self:
        return self.exclude(pk__in=self.with_their_role().values("pk"))

    def of(self, user: Any) -> "Ambassador | None":
        return self.select_related("user", "unit").filter(user=user.pk).first()

    def one(self, who: "Ambassador") -> Self:
        """As a question: what is meant for them is found with it in the base itself."""
        return self.filter(pk=who.pk)

    def read_by_mail(self) -> Self:
        return self.with_their_role().exclude(rhythm=Rhythm.NEVER)


class Ambassador(models.Model):
    """The row is the consent: `words` are those that were read. It goes with all that hangs on it when they leave."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=gettext_lazy("unit"))
    topics = models.JSONField(gettext_lazy("topics"), default=list, blank=True)  # none chosen: all of them
    languages = models.JSONField(gettext_lazy("languages"), default=list)
    networks = models.JSONField(gettext_lazy("networks"), default=list)
    server = models.URLField(gettext_lazy("Mastodon server"), max_length=200, blank=True)
    rhythm = models.PositiveSmallIntegerField(gettext_lazy("rhythm"), choices=Rhythm, default=Rhythm.WEEKLY)
    words = models.TextField(max_length=1_000)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = AmbassadorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("ambassador")
        verbose_name_plural = gettext_lazy("ambassadors")

    def __str__(self) -> str:
        return str(self.user)
