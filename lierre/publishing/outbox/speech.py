"""One account that is spoken for: its network is called with keys that live, and left alone when it says so."""

from collections.abc import Callable
from datetime import timedelta
from random import uniform
from typing import Final, TypeVar

from django.utils import timezone

from lierre.connectors import network as net
from lierre.publishing.models import Account
from lierre.publishing.models.voice import LONGEST_WAIT, SHORTEST_WAIT, Voice
from lierre.publishing.outbox.speaking import Keys, network_of, speaker

Answer = TypeVar("Answer")
# Why nothing leaves for an account, by what the network said.
HOLDS: Final[tuple[tuple[type[net.Held], str], ...]] = (
    (net.ScopeMissing, Account.Held.SCOPE),
    (net.RoleLost, Account.Held.ROLE),
    (net.VersionGone, Account.Held.VERSION),
    (net.Held, Account.Held.TOKEN),
)
# A door that is said to be closed, and is not: so many times in a row before one believes what is said.
FALSE_ALARMS: Final = 3


class Speech:
    """`holder` has claimed the account: nobody else speaks for it meanwhile."""

    def __init__(self, account: Voice, holder: str) -> None:
        self.holder = holder
        self.speak_as(account)

    def speak_as(self, account: Voice, *, just_read: bool = False) -> None:
        """`just_read`: its keys are those that are kept at this instant."""
        self.account, self.just_read = account, just_read
        self.network, self.keys = network_of(account), Keys(account, self.holder)

    def is_quiet(self) -> bool:
        """Whether nothing may be said for the moment. What is in doubt may be looked for meanwhile."""
        until = self.account.quiet_until
        return until is not None and until > timezone.now()

    def is_open(self) -> bool:
        """Whether the account answers, although one call was told that it does not."""
        try:
            self.call(self.network.check)
        except net.NetworkError:
            return False
        return True

    def call(self, act: Callable[[net.Account], Answer]) -> Answer:
        told = speaker(self.account)
        return net.fresh(self.network, told, self.keys, act, told.credentials if self.just_read else None)

    def quiet(self, error: net.NetworkError) -> bool:
        """Until the network, or a person, says otherwise. An account that is open after all goes on."""
        if isinstance(error, net.Held):
            believed = FALSE_ALARMS if isinstance(error, net.AuthorisationLost) else 1
            if self.account.failures >= believed or not self.is_open():
                why = next(code for kind, code in HOLDS if isinstance(error, kind))
                self.account.hold(why, error.sentence, by="outbox")
            else:
                self.account.went_badly(timezone.now() + SHORTEST_WAIT, SHORTEST_WAIT, error.sentence)
            return False
        until = getattr(error, "retry_at", None) if isinstance(error, net.RateLimited) else None
        self.account.went_badly(until, self.back_off(), error.sentence)
        return False

    def back_off(self) -> timedelta:
        """Drawn at random up to twice as long each time, so that accounts do not all come back together."""
        most: timedelta = min(SHORTEST_WAIT * 2.0 ** (self.account.failures + 1), LONGEST_WAIT)
        return most * uniform(0.5, 1)  # noqa: S311 - a wait, not a secret
