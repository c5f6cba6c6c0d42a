"""Whether the address of an account still leads somewhere: asked as anybody would, without keys, once a week."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Q
from django.utils import timezone

from lierre.connectors.http import NotReached
from lierre.connectors.network.servers import guarded
from lierre.publishing.models import Account

WEEK: Final = timedelta(days=7)
AT_ONCE: Final = 8
MOST: Final = 80
SECONDS: Final = 6.0
LARGEST: Final = 400_000


class Found(StrEnum):
    """HIDDEN: the network shows nothing to who is not signed in, or did not answer; that proves nothing."""

    HERE = "here"
    GONE = "gone"
    NOWHERE = "nowhere"
    HIDDEN = "hidden"


def visit(address: str) -> Found:
    try:
        reply = guarded(address).call("GET", address, headers={"Accept": "text/html"}, timeout=SECONDS, largest=LARGEST)
    except NotReached as failure:
        if failure.code == "too_large":
            return Found.HERE
        return Found.NOWHERE if failure.code == "nowhere" else Found.HIDDEN
    if reply.status in {404, 410}:
        return Found.GONE
    return Found.HERE if reply.status < 400 else Found.HIDDEN


def visit_all(addresses: Iterable[str]) -> dict[str, Found]:
    """Several at once. A name that leads nowhere proves something only when the outside is within reach at all."""
    asked = list(dict.fromkeys(addresses))
    with ThreadPoolExecutor(AT_ONCE, "visits") as pool:
        found = dict(zip(asked, pool.map(visit, asked), strict=True))
    reached = {Found.HERE, Found.GONE} & set(found.values())
    return {address: each if each != Found.NOWHERE or reached else Found.HIDDEN for address, each in found.items()}


def visit_accounts() -> int:
    """Those whose turn it is. Answers how many lead nowhere."""
    now = timezone.now()
    due = Account.objects.living().filter(Q(visited_at=None) | Q(visited_at__lt=now - WEEK)).exclude(address="")
    accounts = list(due.order_by("visited_at", "pk")[:MOST])
    found = visit_all(account.address for account in accounts)
    for account in accounts:
        outcome = found[account.address]
        dead = {Found.HERE: None, Found.HIDDEN: account.dead_since}.get(outcome, account.dead_since or now.date())
        account.write(visited_at=now, dead_since=dead)
    return sum(each in {Found.GONE, Found.NOWHERE} for each in found.values())
