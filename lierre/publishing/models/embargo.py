"""A time during which something must not leave: a campaign, a kind, a unit, or everything (mourning, electoral reserve)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.zones import said

if TYPE_CHECKING:
    from lierre.publishing.models.mailing import Mailing
    from lierre.publishing.models.post import Post

CRISIS = "crisis"


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def not_over(self) -> Self:
        return self.in_force().filter(ends_at__gt=timezone.now())

    def during(self, start: datetime, end: datetime) -> Self:
        """Those that keep something quiet between two instants."""
        return self.in_force().filter(Q(starts_at=None) | Q(starts_at__lt=end), ends_at__gt=start)

    def at(self, moment: datetime) -> Self:
        return self.in_force().filter(Q(starts_at=None) | Q(starts_at__lte=moment), ends_at__gt=moment)


class Embargo(models.Model):
    """`starts_at` None: nothing before `ends_at`. What is left empty narrows nothing: all empty is silence of everything."""

    label = models.CharField(gettext_lazy("why"), max_length=150)
    starts_at = models.DateTimeField(gettext_lazy("from"), null=True, blank=True)
    ends_at = models.DateTimeField(gettext_lazy("until"), db_index=True)
    zone = models.CharField(max_length=64, blank=True)
    campaign = models.CharField(gettext_lazy("campaign"), max_length=100, blank=True)
    kind = models.CharField(gettext_lazy("kind of post"), max_length=10, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    # A crisis is spoken of during a mourning too, unless somebody says otherwise.
    but_crisis = models.BooleanField(gettext_lazy("what is said in a crisis may leave"), default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EmbargoQuerySet.as_manager()

    class Meta:
        ordering = ["ends_at", "pk"]
        verbose_name = gettext_lazy("embargo")
        verbose_name_plural = gettext_lazy("embargoes")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at__gt=F("starts_at")), name="an_embargo_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("publishing:embargo", args=[self.pk])

    @property
    def is_of_everything(self) -> bool:
        return not (self.campaign or self.kind or self.unit_id)

    def covers(self, post: "Post | Mailing", moment: datetime | None) -> bool:
        """Whether this post, or this mailing, must not leave at that moment."""
        if moment is None or self.lifted_at or moment >= self.ends_at or (self.starts_at and moment < self.starts_at):
            return False
        return self.is_about(post)

    def is_about(self, post: "Post | Mailing") -> bool:
        if self.but_crisis and post.kind == CRISIS and self.kind != CRISIS:
            return False
        if self.campaign and self.campaign.casefold() != post.campaign.strip().casefold():
            return False
        if self.kind and self.kind != post.kind:
            return False
        return not self.unit_id or is_of_unit(post, self.unit)


def is_of_unit(post: "Post | Mailing", unit: Any) -> bool:
    """By its own unit, else by that of an account that it is for. A mailing without a unit is of the institution."""
    if post.unit is not None:
        return bool(unit.contains(post.unit))
    return hasattr(post, "variants") and post.variants.filter(account__unit__path__startswith=unit.path).exists()


def embargoes_on(post: "Post | Mailing", moment: datetime | None) -> list[Embargo]:
    if moment is None:
        return []
    return [each for each in Embargo.objects.at(moment).select_related("unit") if each.is_about(post)]


def refuse_under_embargo(post: "Post | Mailing", moment: datetime | None) -> None:
    """Nobody lets something leave while it must not, whoever they are."""
    for each in embargoes_on(post, moment):
        raise Refused(
            _("“%(why)s”: this must not leave before %(moment)s. Choose a later time, or have the embargo lifted.")
            % {"why": each, "moment": said(each.ends_at, "DATETIME_FORMAT")}
        )
