"""What an ambassador sees of their own accounts: each with its health, what asks for them, what is planned, what is online."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models import Ambassador, OwnAccount, OwnDelivery
from lierre.publishing.models.own_account import NETWORKS
from lierre.publishing.own.connecting import BESIDES, RIGHTS
from lierre.publishing.proofs import told

State = OwnDelivery.State
ASKS: Final = frozenset({State.TO_CHECK, State.MISSED, State.REFUSED})
GOING: Final = frozenset({State.WAITING, State.CLAIMED, State.IN_FLIGHT})
MOST: Final = 20
MOST_LINES: Final = 5
# What is seen on an account of their own is said to whoever it belongs to.
MINE: Final = {
    "in our own list": _("It is in the list of your posts."),
    "several are alike in our own list": _("Several of your posts there are alike."),
    "not in our own list": _("It is not in the list of your posts."),
    "not in our own list, and no key guards it": _(
        "It is not in the list of your posts, and nothing prevents a second one."
    ),
    "not in our own list, and a second one is refused, naming the first": _(
        "It is not in the list of your posts, and a second one would be refused."
    ),
}


@dataclass(frozen=True)
class Place:
    """A network where one may connect an account, connected or not."""

    network: str
    account: OwnAccount | None

    @property
    def rights(self) -> Sequence[Any]:
        return RIGHTS[self.network]

    @property
    def besides(self) -> Any:
        return BESIDES.get(self.network, "")


@dataclass(frozen=True)
class Mine:
    places: list[Place]
    asking: list[OwnDelivery] = field(default_factory=list)
    going: list[OwnDelivery] = field(default_factory=list)
    online: list[OwnDelivery] = field(default_factory=list)


def mine(who: Ambassador) -> Mine:
    accounts = {account.network: account for account in OwnAccount.objects.of(who).exclude(sealed="")}
    rows = list(OwnDelivery.objects.of(who).exclude(state=State.CANCELLED).order_by("due_at", "part"))
    return Mine(
        [Place(network, accounts.get(network)) for network in NETWORKS],
        [row for row in rows if row.state in ASKS],
        [row for row in rows if row.state in GOING and not row.part],
        [row for row in reversed(rows) if row.state == State.CONFIRMED and not row.part][:MOST],
    )


def last_asked(who: Ambassador) -> list[OwnDelivery]:
    """What they asked of each text, the latest last."""
    rows = OwnDelivery.objects.of(who).filter(part=0).exclude(state=State.CANCELLED)
    return list(reversed(rows.order_by("-pk")[:MOST]))


def asking(who: Ambassador) -> int:
    """How many things wait for them there."""
    rows = OwnDelivery.objects.filter(account__ambassador=who, state__in=ASKS)
    return int(rows.count()) + int(OwnAccount.objects.of(who).exclude(held="").count())


def counted() -> dict[str, int]:
    """For whoever runs the house: numbers, and nobody in them."""
    accounts = OwnAccount.objects.exclude(sealed="")
    states = OwnDelivery.objects.order_by().values_list("state").annotate(count=Count("pk"))
    return {"connected": accounts.count(), "held": accounts.exclude(held="").count(), **dict(sorted(states))}


def evidence(row: OwnDelivery) -> list[dict[str, Any]]:
    return told(row.evidence, MOST_LINES, MINE)
