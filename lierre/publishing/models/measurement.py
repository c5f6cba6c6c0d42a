"""A figure of a post, or of an account, at a moment: as its network told it, or as somebody read it there and typed it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery

NAMES: Final = ("impressions", "reach", "clicks", "likes", "reposts", "answers", "quotes", "followers")
# What two posts of one network add up to. Persons who saw both would be counted twice.
ADDITIVE: Final = ("impressions", "clicks", "likes", "reposts", "answers", "quotes")


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def of_account(self, account: Account) -> Self:
        """What is said of the account itself."""
        return self.filter(account=account, delivery=None)

    def known_of(self, deliveries: Iterable[Delivery]) -> dict[int, dict[str, "Measurement"]]:
        """Delivery → name → the last that is known."""
        found: dict[int, dict[str, Measurement]] = {}
        for each in self.filter(delivery__in=list(deliveries)).order_by("at", "pk"):
            found.setdefault(each.delivery_id or 0, {})[each.name] = each
        return found

    def write(
        self, account: Account, delivery: Delivery | None, values: Mapping[str, tuple[int | None, str]], at: datetime,
        known: Mapping[str, "Measurement"], *, by_hand: bool = False,
    ) -> int:  # fmt: skip
        """`values`: name → value, and what the network calls it. A figure of a post is written when it is news; those of
        an account each time, so that its curve says on which days it was looked at."""
        rows = [
            Measurement(account=account, delivery=delivery, name=name, value=value, at=at, said_by=theirs[:60], by_hand=by_hand)
            for name, (value, theirs) in values.items()
            if name not in known or known[name].value != value or delivery is None
        ]  # fmt: skip
        self.bulk_create(rows)
        return len(rows)


class Measurement(models.Model):
    """`value` is None when the network does not communicate it: that is not zero. `said_by`: its name over there."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="measurements")
    delivery = models.ForeignKey(Delivery, models.CASCADE, null=True, related_name="measurements")
    name = models.CharField(max_length=20)
    value = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    said_by = models.CharField(max_length=60, blank=True)
    by_hand = models.BooleanField(default=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("figure of a network")
        verbose_name_plural = _("figures of networks")
        indexes = [
            models.Index(fields=["delivery", "at"], name="publishing_measures_of_a_post"),
            models.Index(
                fields=["account", "at"], condition=Q(delivery=None), name="publishing_measures_of_account"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
