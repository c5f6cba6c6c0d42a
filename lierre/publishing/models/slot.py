"""Hours of the week at which an account usually speaks, and the queue of posts that take them one after the other."""

from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy

from lierre.foundation.zones import called
from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery
from lierre.publishing.models.post import Post

DAYS: Final = [(number, WEEKDAYS[number]) for number in range(7)]


class Slot(models.Model):
    """Every week, on this day, at this hour of this clock."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(gettext_lazy("day"), choices=DAYS)
    hour = models.TimeField(gettext_lazy("hour"))
    zone = models.CharField(gettext_lazy("on the clock of"), max_length=64)

    class Meta:
        ordering = ["weekday", "hour"]
        verbose_name = gettext_lazy("slot of the week")
        verbose_name_plural = gettext_lazy("slots of the week")
        constraints = [
            models.UniqueConstraint(fields=["account", "weekday", "hour", "zone"], name="one_slot_at_each_hour"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.hour:%H:%M}"

    @property
    def clock(self) -> str:
        return called(self.zone)


class PlaceQuerySet(models.QuerySet["Place"]):
    def waiting(self) -> Self:
        """What has not left yet, in its order. A post whose time passed without leaving is still there: it is asked about."""
        left = Delivery.objects.filter(post=models.OuterRef("post")).exclude(state__in=["draft", "waiting", "missed"])
        found = self.exclude(post__state=Post.State.WITHDRAWN).exclude(models.Exists(left))
        return found.select_related("post", "post__unit").order_by("rank", "pk")


class Place(models.Model):
    """A post in the queue of one account. `ready`: it was to leave when the queue was paused, and leaves once it resumes."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="places")
    post = models.OneToOneField(Post, models.CASCADE, related_name="place")
    rank = models.DateTimeField(default=timezone.now)
    ready = models.BooleanField(default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name = gettext_lazy("place in a queue")
        verbose_name_plural = gettext_lazy("places in queues")

    def __str__(self) -> str:
        return str(self.post)


class Pause(models.Model):
    """The queue of this account is paused: nothing takes a slot until somebody resumes it."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="pause")
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("pause of a queue")
        verbose_name_plural = gettext_lazy("pauses of queues")

    def __str__(self) -> str:
        return str(self.account)
