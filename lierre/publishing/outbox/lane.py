"""What a worker does all the time for the outbox: it looks who has something due, and sends for several accounts at once."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from django.db import connections
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Least
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.lease import new_holder
from lierre.foundation.pulse import Pulse
from lierre.publishing.models import Account, Delivery, OwnAccount, OwnDelivery
from lierre.publishing.models.departure import Departure
from lierre.publishing.models.voice import LEASE, Voice
from lierre.publishing.outbox.sending import Sender

LOOK: Final = 0.25  # seconds between two looks at what is due
AT_ONCE: Final = 8  # accounts
BEAT: Final = LEASE.total_seconds() / 4
MOST_MISSED: Final = 200
# Those who speak, and what leaves for them: the institution, and each ambassador in their own name.
KINDS: Final[tuple[tuple[type[Voice], type[Departure]], ...]] = ((Account, Delivery), (OwnAccount, OwnDelivery))
SLICE: Final = 2.0  # seconds for one account, when more of them wait than are served at once
JUMP: Final = 2.0  # seconds by which a clock that is set back is seen
logger = logging.getLogger(__name__)


class Outbox:
    """One per process."""

    def __init__(self) -> None:
        self.name = new_holder()
        self.is_crowded = False  # some wait, and everyone who could serve them is busy
        self.serving: dict[Voice, Future[int]] = {}
        self.ahead: float | None = None  # of the clock on the wall on the one that only goes forward

    def until(self, must_stop: Event) -> None:
        """Send until told to stop; what is on its way then is finished first."""
        with ThreadPoolExecutor(AT_ONCE, "outbox") as pool, Pulse(self.beat, BEAT):
            while not must_stop.is_set():
                self.see_the_clock()
                self.miss_what_is_late()
                self.serving = {voice: future for voice, future in self.serving.items() if not future.done()}
                waiting = [each for each in self.due_accounts() if each not in self.serving]
                for account in waiting[: AT_ONCE - len(self.serving)]:
                    self.serving[account] = pool.submit(self.in_a_thread, account, must_stop)
                    waiting.remove(account)
                self.is_crowded = bool(waiting)
                must_stop.wait(LOOK)

    def once(self) -> int:
        """Send what is due at this instant, in this thread. Answers how many steps that took."""
        self.see_the_clock()
        steps, served = self.miss_what_is_late(), set[Voice]()
        while accounts := [each for each in self.due_accounts() if each not in served]:
            for account in accounts:
                served.add(account)
                steps += self.serve(account, self.keeping_the_lease())
        return steps

    def due_accounts(self) -> list[Voice]:
        """Those where something may have left come first, then those that wait since longest."""
        now = timezone.now()
        found = [(*place, account) for voices, rows in KINDS for place, account in due_of(voices, rows, now)]
        return [account for _doubt, _since, account in sorted(found, key=lambda each: each[:2])]

    def in_a_thread(self, account: Voice, must_stop: Event) -> int:
        began = time.monotonic()

        def may_go_on() -> bool:
            return not must_stop.is_set() and not (self.is_crowded and time.monotonic() > began + SLICE)

        try:
            return self.serve(account, may_go_on)
        except Exception:
            logger.exception("The outbox could not serve the account %s; it tries again.", account.pk)
            return 0
        finally:
            connections.close_all()

    def keeping_the_lease(self) -> Callable[[], bool]:
        """For whoever has no pulse: between two rows, when it is time."""
        beaten = time.monotonic()

        def may_go_on() -> bool:
            nonlocal beaten
            if time.monotonic() > beaten + BEAT:
                beaten = time.monotonic()
                self.beat()
            return True

        return may_go_on

    def serve(self, account: Voice, may_go_on: Callable[[], bool]) -> int:
        if not account.claim(self.name):
            return 0
        try:
            account.refresh_from_db()
            return Sender(account, self.name).send_all(may_go_on)
        except Refused as refusal:  # nothing here speaks to its network any more
            account.hold(Account.Held.VERSION, str(refusal), by="outbox")
            return 0
        finally:
            account.leave(self.name)

    def see_the_clock(self) -> None:
        """It was set back: what is dated later than now would not be looked at in time, nor looked for where it is."""
        before, self.ahead = self.ahead, time.time() - time.monotonic()
        if before is not None and self.ahead > before - JUMP:
            return
        now, back = timezone.now(), timedelta(seconds=before - self.ahead if before is not None else 0)
        for voices, rows in KINDS:
            if back:
                rows.objects.put_off().filter(next_at__gt=now).update(next_at=F("next_at") - back)
                voices.objects.filter(quiet_until__gt=now).update(quiet_until=F("quiet_until") - back)
            later = rows.objects.in_doubt().filter(last_sent_at__gt=now)
            if later.exists():
                later.update(sent_at=Least("sent_at", Value(now)), last_sent_at=now, next_at=now)

    def miss_what_is_late(self) -> int:
        now = timezone.now()
        late = [each for _voices, rows in KINDS for each in rows.objects.too_late(now)[:MOST_MISSED]]
        for delivery in late:
            delivery.miss()
        return len(late)

    def beat(self) -> bool:
        for voices, _rows in KINDS:
            voices.objects.filter(holder=self.name).update(lease_until=timezone.now() + LEASE)
        return True


def due_of(voices: type[Voice], rows: type[Departure], now: datetime) -> Iterator[tuple[tuple[bool, datetime], Voice]]:
    """Each with its place: whether nothing of it may have left, and since when it waits."""
    doubtful = set(rows.objects.unsettled().filter(next_at__lte=now).values_list("account", flat=True))
    due = rows.objects.filter(account=OuterRef("pk")).turning(now).order_by("next_at", "pk")
    for account in voices.objects.free(now).annotate(since=Subquery(due.values("next_at")[:1])).exclude(since=None):
        yield (account.pk not in doubtful, account.since), account
    looked_for = due.in_doubt().values("next_at")[:1]
    for account in voices.objects.hushed(now).annotate(since=Subquery(looked_for)).exclude(since=None):
        yield (False, account.since), account
