"""An account of one’s own is closed: its keys are destroyed here at once, then given back to the network."""

import time
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction

from lierre.foundation.models.journal import record
from lierre.foundation.models.lease import new_holder
from lierre.publishing.models import OwnAccount, OwnDelivery
from lierre.publishing.outbox.closing import close_over_there

# A text that is just leaving is let go to its end, so that one knows where it is; not for longer.
PATIENCE: Final = 3.0
State = OwnDelivery.State


def close(account: OwnAccount, *, by: Any, patience: float = 0.0) -> bool:
    """
    With what was asked of it and its log; what is online stays there. False when the network did not hear of it: whoever
    gave the right takes it back over there. In a transaction, the network is told once it is written.
    """
    wait(account, patience)
    user, heard = account.ambassador.user, list[bool]()
    with transaction.atomic():
        if account.is_connected:
            record("ambassador.account_disconnected", user, by=by)
        account.delete()
        # What was read of it still knows how to give its keys back.
        transaction.on_commit(lambda: heard.append(close_over_there(account)), robust=True)
    return any(heard)


def close_all(accounts: Iterable[OwnAccount], *, by: Any) -> int:
    return len([close(account, by=by) for account in accounts])


def close_left() -> int:
    """Of those who are ambassadors no more, and what was begun and never opened."""
    left = OwnAccount.objects.without_their_role() | OwnAccount.objects.given_up()
    return close_all(left.select_related("ambassador__user"), by="publishing.own")


def wait(account: OwnAccount, patience: float) -> None:
    until = time.monotonic() + patience
    while not account.claim(f"closing:{new_holder()}"[:60]) and time.monotonic() < until:
        time.sleep(0.1)


def in_doubt(account: OwnAccount) -> int:
    """What may be online, and nobody will look for any more once it is closed."""
    unknown = [State.CLAIMED, State.IN_FLIGHT, State.TO_CHECK]
    return int(account.deliveries.filter(state__in=unknown).count())


def not_left(account: OwnAccount) -> int:
    return int(account.deliveries.filter(state__in=[State.WAITING, State.MISSED], part=0).count())
