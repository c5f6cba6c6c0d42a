"""The outbox as a queue: the states of a row, and the questions that are asked of many rows."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from lierre.publishing.models.delivery import Delivery  # noqa: F401 - named in a string

Kind = TypeVar("Kind", bound=models.Model)
# Later than this, a person is asked: after an outage nothing leaves in a burst.
TOO_LATE: Final = timedelta(hours=2)


class State(models.TextChoices):
    """What is known of a row. Only what a person or a network proves ends it."""

    DRAFT = "draft", gettext_lazy("draft")
    WAITING = "waiting", gettext_lazy("waits for its time")
    CLAIMED = "claimed", gettext_lazy("about to leave")
    IN_FLIGHT = "in_flight", gettext_lazy("leaving")
    CONFIRMED = "confirmed", gettext_lazy("online")
    REFUSED = "refused", gettext_lazy("refused by the network")
    TO_CHECK = "to_check", gettext_lazy("to check")
    MISSED = "missed", gettext_lazy("missed its time")
    CANCELLED = "cancelled", gettext_lazy("cancelled")


# Nothing of these can have left: their text may still be written otherwise.
CHANGEABLE: Final = (State.DRAFT, State.WAITING, State.MISSED)
# What a worker looks at, once its time has come.
TURNING: Final = (State.WAITING, State.CLAIMED, State.IN_FLIGHT, State.TO_CHECK)


class DepartureQuerySet(models.QuerySet[Kind]):
    """Of the institution, or of somebody in their own name: both leave in the same way."""

    def drafts(self) -> Self:
        return self.filter(state=State.DRAFT)

    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def changeable(self) -> Self:
        return self.filter(state__in=CHANGEABLE)

    def turning(self, now: datetime) -> Self:
        """What a worker must look at: what is due, what was begun and not finished, what may yet be found."""
        return self.filter(state__in=TURNING, next_at__lte=now)

    def unsettled(self) -> Self:
        return self.filter(state__in=[State.CLAIMED, State.IN_FLIGHT])

    def in_doubt(self) -> Self:
        """What may be online, and is not known to be."""
        return self.filter(state__in=[State.IN_FLIGHT, State.TO_CHECK])

    def put_off(self) -> Self:
        """What could not leave at its time, follows something, or is being read over there: its turn comes after its time."""
        return self.filter(Q(state=State.WAITING, next_at__gt=F("due_at")) | Q(state=State.CLAIMED))

    def whole(self) -> Self:
        """With the post, the account, and how many `parts` there are."""
        thread = self.model._default_manager.filter(post=models.OuterRef("post"), account=models.OuterRef("account"))
        many = thread.order_by().values("post").annotate(many=models.Count("pk")).values("many")
        return self.select_related("post", "account").annotate(parts=models.Subquery(many))

    def asking(self) -> Self:
        """What waits for a person."""
        return self.filter(state__in=[State.TO_CHECK, State.MISSED, State.REFUSED])

    def too_late(self, now: datetime) -> Self:
        """A thread that has begun is never too late: half of it is online."""
        begun = models.Exists(self.model._default_manager.filter(
            post=models.OuterRef("post"), account=models.OuterRef("account"), state=State.CONFIRMED
        ))  # fmt: skip
        return self.waiting().filter(next_at__lt=now, due_at__lt=now - TOO_LATE).exclude(begun)

    def wait(self, due_at: datetime | None) -> int:
        """They leave from now on: the first part at its time, each other once the one before is online."""
        self.filter(part__gt=0).update(state=State.WAITING, due_at=due_at, next_at=None)
        return self.filter(part=0).update(state=State.WAITING, due_at=due_at, next_at=due_at)

    def call_back(self) -> int:
        """What waits is a draft again: it was approved as it no longer is."""
        return self.filter(state__in=[State.WAITING, State.MISSED]).update(state=State.DRAFT, next_at=None)

    def cancel(self) -> int:
        return self.changeable().update(state=State.CANCELLED, next_at=None)


class DeliveryQuerySet(DepartureQuerySet["Delivery"]):
    """Of the institution."""
