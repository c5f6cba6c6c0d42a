"""Somebody wants to know now: the network is asked again about one row, without waiting for a worker."""

import time
from typing import Final

from django.utils import timezone

from lierre.foundation.models.lease import new_holder
from lierre.publishing.models import Delivery
from lierre.publishing.models.departure import Departure
from lierre.publishing.models.voice import LEASE
from lierre.publishing.outbox.sending import Sender

PATIENCE: Final = LEASE.total_seconds() + 5
UNKNOWN: Final = (Delivery.State.IN_FLIGHT, Delivery.State.TO_CHECK)


def look(delivery: Departure, patience: float = PATIENCE) -> None:
    """Nothing happens when nothing is in doubt, or when a worker is just then busy with the account."""
    holder, until = f"look:{new_holder()}"[:60], time.monotonic() + patience
    while not delivery.account.claim(holder):
        if time.monotonic() > until:
            return
        time.sleep(0.2)
    try:
        delivery.refresh_from_db()
        if delivery.state in UNKNOWN:
            delivery.holder = holder
            delivery.look_again(timezone.now(), delivery.failure)
            Sender(delivery.account, holder).settle(delivery)
    finally:
        delivery.account.leave(holder)
