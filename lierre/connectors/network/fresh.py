"""
Uses an account with credentials that are alive: they are renewed by one process at a time, and kept before they are used.

A token that renews may serve only once (Bluesky): two processes that renew together would close the account. So whoever
finds it dead waits for its turn, reads again what is kept (somebody may have renewed it meanwhile), and only then renews.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from lierre.connectors.network.account import Account, Credentials, Keeper
from lierre.connectors.network.protocol import Network
from lierre.connectors.network.refusals import AuthorisationExpired

Answer = TypeVar("Answer")

# Renewed a little before its end: a call that begins with a living token must not end with a dead one.
MARGIN: Final = timedelta(minutes=2)


def fresh(
    network: Network,
    account: Account,
    keeper: Keeper,
    act: Callable[[Account], Answer],
    read: Credentials | None = None,
) -> Answer:
    """
    `act(account)` with living credentials. When the network says that they are dead, it did nothing: they are renewed and
    `act` is called once more. AuthorisationExpired when they cannot be renewed. `read`: those that were kept a moment ago.
    """
    held = keeper.read() if read is None else read
    if is_ending(held):
        held = renewed(network, account, keeper, held)
    try:
        return act(replace(account, credentials=held))
    except AuthorisationExpired:
        if not held.refresh:
            raise
    return act(replace(account, credentials=renewed(network, account, keeper, held)))


def renewed(network: Network, account: Account, keeper: Keeper, dead: Credentials) -> Credentials:
    with keeper.alone():
        kept = keeper.read()
        if kept.token != dead.token:  # somebody did it while we waited
            return kept
        made = network.refresh(replace(account, credentials=kept))
        # An empty one never takes the place of one that works.
        made = replace(made, refresh=made.refresh or kept.refresh)
        keeper.write(made)
        return made


def is_ending(credentials: Credentials) -> bool:
    ends = credentials.expires_at
    return bool(credentials.refresh and ends and ends <= datetime.now(UTC) + MARGIN)
