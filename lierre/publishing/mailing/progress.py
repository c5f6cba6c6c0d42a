"""What a mailing has become, counted: what left, what came back, who stopped it. Who opened it is not known, by choice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Mailing, Recipient

State = Recipient.State


@dataclass(frozen=True, slots=True)
class Progress:
    """`delivered`: taken by our mail server, and not come back since. It says nothing of who read."""

    total: int
    states: dict[str, int]
    bounced: int
    soft: int
    unsubscribed: int
    complained: int
    lately: int  # a minute

    @property
    def taken(self) -> int:
        return self.states.get(State.TAKEN, 0)

    @property
    def delivered(self) -> int:
        return self.taken - self.bounced

    @property
    def waiting(self) -> int:
        return sum(self.states.get(state, 0) for state in (State.WAITING, State.CLAIMED, State.LEAVING))

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @property
    def uncertain(self) -> int:
        return self.states.get(State.UNCERTAIN, 0)

    @property
    def refused(self) -> int:
        return self.states.get(State.REFUSED, 0)

    @property
    def dropped(self) -> int:
        return self.states.get(State.DROPPED, 0)

    @property
    def minutes_left(self) -> int:
        return -(-self.waiting // self.lately) if self.lately else 0


def progress(mailing: Mailing) -> Progress:
    since = timezone.now() - timedelta(minutes=1)
    counted: dict[str, Any] = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    found = mailing.recipients.order_by().aggregate(
        **counted, total=Count("pk"), hard=Count("pk", filter=Q(bounced="hard", state=State.TAKEN)),
        soft=Count("pk", filter=Q(bounced="soft")), unsubscribed=Count("unsubscribed_at"),
        complained=Count("complained_at"), lately=Count("pk", filter=Q(left_at__gt=since)),
    )  # fmt: skip
    return Progress(
        found["total"], {state: found[state] for state in State.values}, found["hard"], found["soft"],
        found["unsubscribed"], found["complained"], found["lately"],
    )  # fmt: skip


def say_taken(recipient: Recipient, *, by: Any) -> None:
    """Somebody found it in the log of the relay."""
    with transaction.atomic():
        decide(recipient, State.TAKEN)
        record("mailing.said_taken", recipient.mailing, by=by, recipient=recipient.pk)


def say_not_taken(recipient: Recipient, *, by: Any) -> None:
    """Somebody looked in the log of the relay, and it is not there: it waits again."""
    with transaction.atomic():
        decide(recipient, State.WAITING, next_at=timezone.now(), left_at=None)
        Mailing.objects.filter(pk=recipient.mailing_id, state=Mailing.State.SENT).update(state=Mailing.State.SENDING)
        record("mailing.said_not_taken", recipient.mailing, by=by, recipient=recipient.pk)


def decide(recipient: Recipient, state: str, **fields: Any) -> None:
    if not Recipient.objects.uncertain().filter(pk=recipient.pk).update(state=state, **fields):
        raise Refused(_("It is known meanwhile what became of it."))
