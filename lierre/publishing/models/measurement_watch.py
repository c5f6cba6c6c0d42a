"""When the figures of a post, or of an account, are asked next: every hour the first day, then every day, then every week."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
# Age of a post → how long until one asks again. After the last, never: networks keep such figures for a year.
OFTEN: Final = ((DAY, HOUR), (14 * DAY, DAY), (365 * DAY, WEEK))
AT_ONCE: Final = 500


def wait_for(age: timedelta) -> timedelta | None:
    """
    >>> wait_for(timedelta(hours=3)), wait_for(timedelta(days=3)), wait_for(timedelta(days=30)), wait_for(timedelta(days=400))
    (datetime.timedelta(seconds=3600), datetime.timedelta(days=1), datetime.timedelta(days=7), None)
    """
    return next((wait for until, wait in OFTEN if age < until), None)


class WatchQuerySet(models.QuerySet["Watch"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_at__lte=now)

    def begin(self, now: datetime) -> int:
        """What is online since the last time, and accounts that were connected since."""
        seen = Exists(self.filter(delivery=OuterRef("pk")))
        fresh = Delivery.objects.filter(
            ~seen, state=Delivery.State.CONFIRMED, confirmed_at__gte=now - OFTEN[-1][0], account__archived_at=None
        )
        posts = fresh.exclude(network_id="").exclude(account__sealed="").values_list("account_id", "pk")[:AT_ONCE]
        rows = [Watch(account_id=account, delivery_id=pk, next_at=now) for account, pk in posts]
        known = Exists(self.filter(account=OuterRef("pk"), delivery=None))
        rows += [Watch(account=account, next_at=now) for account in Account.objects.connected().filter(~known)]
        self.bulk_create(rows, ignore_conflicts=True)
        return len(rows)


class Watch(models.Model):
    """Without a delivery, of the account itself. `next_at` is None when nothing more is asked."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    delivery = models.OneToOneField(Delivery, models.CASCADE, null=True, related_name="watch")
    next_at = models.DateTimeField(null=True, db_index=True)
    looked_at = models.DateTimeField(null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch of figures")
        verbose_name_plural = _("watches of figures")
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(delivery=None), name="an_account_is_watched_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.delivery or self.account)

    def looked(self, now: datetime) -> None:
        """Later and later, as the post grows old; an account every day."""
        wait: timedelta | None = DAY
        if self.delivery is not None:
            wait = wait_for(now - (self.delivery.confirmed_at or now))
        type(self).objects.filter(pk=self.pk).update(looked_at=now, next_at=now + wait if wait else None)
