"""What waits for a person about what leaves: what is to check, was refused, was missed, and accounts that are held."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lierre.foundation.remembered import Remembered
from lierre.publishing.models import Account, Delivery
from lierre.publishing.network_names import name_of
from lierre.publishing.proofs import told

MOST = 50
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Desk:
    rows: list[Delivery]
    held: list[tuple[Account, int]]  # with how many posts wait for each
    more: int

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.held)


def asking() -> QuerySet[Delivery]:
    return (
        Delivery.objects.asking()
        .select_related("post", "account")
        .prefetch_related("post__attachments__medium__likenesses")
    )


def desk() -> Desk:
    """The oldest first: it has waited longest."""
    rows = list(asking().order_by("due_at", "pk")[: MOST + 1])
    held = list(Account.objects.living().exclude(held=""))
    waiting = waiting_for(held)
    more = asking().count() - MOST if len(rows) > MOST else 0
    return Desk(rows[:MOST], [(account, waiting.get(account.pk, 0)) for account in held], more)


def waiting_for(accounts: list[Account]) -> dict[int, int]:
    from django.db.models import Count

    rows = Delivery.objects.waiting().filter(account__in=accounts, part=0).values_list("account").annotate(Count("pk"))
    return dict(rows)


def evidence(delivery: Delivery) -> list[dict[str, Any]]:
    """The lines that a person can use: what was seen there, what was answered; the latest first."""
    return told(delivery.evidence, MOST_LINES)


waiting_posts = Remembered(lambda: asking().count())

__all__ = ["Desk", "asking", "desk", "evidence", "name_of", "waiting_posts"]
