"""One life of a process that sends: it is killed -9 at the step that chance chose, and nothing of its memory remains.

A step is what anybody outside could see of it: before and after each statement that the base is told, and each call.
"""

import gc
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from lierre.connectors.http import visiting
from lierre.connectors.network import networks
from lierre.publishing.models import Account, Delivery
from lierre.publishing.models.voice import TOKENS
from lierre.publishing.outbox.health import check_held
from lierre.publishing.outbox.lane import Outbox

IMPATIENCE: Final = 0.3  # seconds: in proportion with the networks that answer too slowly here
DONE: Final = 3
LIVING: Final = [Delivery.State.WAITING, Delivery.State.CLAIMED, Delivery.State.IN_FLIGHT]


class Fate:
    def __init__(self, left: int) -> None:
        self.left = left

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def told(self, execute: Callable[..., Any], *words: Any) -> Any:
        self.step()
        answer = execute(*words)
        self.step()
        return answer

    def called(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def impatient(method: str, url: str, host: str, sent: Any, bounds: visiting.Bounds) -> Any:
            self.step()
            reply = call(method, url, host, sent, replace(bounds, seconds=min(bounds.seconds, IMPATIENCE)))
            self.step()
            return reply

        return impatient


def grow_up() -> None:
    """What every life would learn at its beginning, slowly, and that holds nothing of the one before."""
    visiting.caller()
    networks()
    TOKENS.unseal(TOKENS.seal("nothing"))
    gettext("a catalogue is read once")
    gc.collect()
    gc.freeze()  # what all lives share is not copied for being counted


def live(steps: int, seconds: float) -> int:
    """
    In a process of its own, `seconds` after the one before: what its end was, as `os.waitstatus_to_exitcode` says it.
    `DONE`: nothing waits or is in doubt any more, but for what a person must look at.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        let_pass(timedelta(seconds=seconds))
        fate = Fate(steps)
        visiting.one_call = fate.called(visiting.one_call)
        with connection.execute_wrapper(fate.told):
            check_held()
            Outbox().once()
        status = DONE if is_done() else 0
    finally:
        os._exit(status)


def is_done() -> bool:
    waits = Delivery.objects.filter(state__in=LIVING, next_at__isnull=False)
    looked_for = Delivery.objects.filter(state=Delivery.State.TO_CHECK, next_at__isnull=False)
    return not (waits | looked_for).exists()


def let_pass(wait: timedelta) -> None:
    """All that was begun is so much older. What waits since its time keeps it: nobody is late here."""
    now = timezone.now()
    Delivery.objects.in_doubt().update(sent_at=F("sent_at") - wait, last_sent_at=F("last_sent_at") - wait)
    Delivery.objects.filter(next_at__gt=now).update(next_at=F("next_at") - wait)
    Account.objects.update(
        quiet_until=F("quiet_until") - wait, lease_until=F("lease_until") - wait, checked_at=F("checked_at") - wait
    )


def take_out_what_has_not_begun() -> int:
    """The time of the measure is over: what nothing was ever done with is not counted. Answers how many rows."""
    begun = Delivery.objects.exclude(state=Delivery.State.WAITING, attempts=0).values("post")
    return int(Delivery.objects.exclude(post__in=begun).delete()[0])
