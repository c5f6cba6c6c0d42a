"""What a worker does all the time for the outbox: it looks who has something due, and sends for several accounts at once."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Final

from django.db import connections
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Least
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.lease import new_holder
from lierre.foundation.pulse import Pulse
from lierre.publishing.models import Account, Delivery
from lierre.publishing.models.account import LEASE
from lierre.publishing.outbox.sending import Sender

LOOK: Final = 0.25  # seconds between two looks at what is due
AT_ONCE: Final = 8  # accounts
BEAT: Final = LEASE.total_seconds() / 4
MOST_MISSED: Final = 200
JUMP: Final = 2.0  # seconds by which a clock that is set back is seen
logger = logging.getLogger(__name__)


class Outbox:
    """One per process."""

    def __init__(self) -> None:
        self.name = new_holder()
        self.serving: dict[int, Future[int]] = {}
        self.ahead: float | None = None  # of the clock on the wall on the one that only goes forward

    def until(self, must_stop: Event) -> None:
        """Send until told to stop; what is on its way then is finished first."""
        with ThreadPoolExecutor(AT_ONCE, "outbox") as pool, Pulse(self.beat, BEAT):
            while not must_stop.is_set():
                self.see_the_clock()
                self.miss_what_is_late()
                self.serving = {pk: future for pk, future in self.serving.items() if not future.done()}
                for account in self.due_accounts():
                    if account.pk not in self.serving and len(self.serving) < AT_ONCE:
                        self.serving[account.pk] = pool.submit(self.in_a_thread, account, must_stop)
                must_stop.wait(LOOK)

    def once(self) -> int:
        """Send what is due at this instant, in this thread. Answers how many steps that took."""
        self.see_the_clock()
        steps, served = self.miss_what_is_late(), set()
        while accounts := [each for each in self.due_accounts() if each.pk not in served]:
            for account in accounts:
                served.add(account.pk)
                steps += self.serve(account)
        return steps

    def due_accounts(self) -> list[Account]:
        now = timezone.now()
        due = Delivery.objects.filter(account=OuterRef("pk")).turning(now)
        return list(Account.objects.free(now).filter(Exists(due)))

    def in_a_thread(self, account: Account, must_stop: Event) -> int:
        try:
            return self.serve(account, must_stop)
        except Exception:
            logger.exception("The outbox could not serve the account %s; it tries again.", account.pk)
            return 0
        finally:
            connections.close_all()

    def serve(self, account: Account, must_stop: Event | None = None) -> int:
        if not account.claim(self.name):
            return 0
        try:
            account.refresh_from_db()
            return Sender(account, self.name).send_all(must_stop)
        except Refused as refusal:  # nothing here speaks to its network any more
            account.hold(Account.Held.VERSION, str(refusal), by="outbox")
            return 0
        finally:
            account.leave(self.name)

    def see_the_clock(self) -> None:
        """It was set back: what is dated later than now would not be looked at in time, nor looked for where it is."""
        ahead, self.ahead = self.ahead, time.time() - time.monotonic()
        if ahead is not None and self.ahead > ahead - JUMP:
            return
        now = timezone.now()
        later = Delivery.objects.filter(
            state__in=[Delivery.State.IN_FLIGHT, Delivery.State.TO_CHECK], last_sent_at__gt=now
        )
        if later.exists():
            later.update(sent_at=Least("sent_at", Value(now)), last_sent_at=now, next_at=now)

    def miss_what_is_late(self) -> int:
        late = list(Delivery.objects.too_late(timezone.now())[:MOST_MISSED])
        for delivery in late:
            delivery.miss()
        return len(late)

    def beat(self) -> bool:
        Account.objects.filter(holder=self.name).update(lease_until=timezone.now() + LEASE)
        return True
