"""What a worker does all the time for mailings: one that is due begins, is frozen, then leaves as fast as is allowed."""

import logging
import time
from threading import Event
from typing import Final

from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.lease import new_holder
from lierre.foundation.pulse import Pulse
from lierre.publishing.mailing.approving import expire, fall
from lierre.publishing.mailing.audience import reckon
from lierre.publishing.mailing.claiming import recover
from lierre.publishing.mailing.freezing import Freezing, LeaseLost, begin
from lierre.publishing.mailing.sending import Sender
from lierre.publishing.mailing.silence import hold_one
from lierre.publishing.mailing.sparing import sparing
from lierre.publishing.models import Mailing
from lierre.publishing.models.embargo import embargoes_on
from lierre.publishing.models.mailing import LEASE, TOO_LATE

LOOK: Final = 1.0  # seconds between two looks at what is due
BEAT: Final = LEASE.total_seconds() / 4
# A mailing gives way to the next after so long: a small one does not wait for a large one.
A_TURN: Final = 20.0
State = Mailing.State
logger = logging.getLogger(__name__)


class Mailings:
    """One per process."""

    def __init__(self) -> None:
        self.name = new_holder()

    def until(self, must_stop: Event) -> None:
        with Pulse(self.beat, BEAT):
            while not must_stop.is_set():
                close_old_connections()
                if not self.turn(must_stop):
                    must_stop.wait(LOOK)

    def once(self) -> int:
        """All that is due at this instant, in this thread."""
        steps = 0
        while done := self.turn():
            steps += done
        return steps

    def turn(self, must_stop: Event | None = None) -> int:
        steps = self.reckon_one()
        for mailing in Mailing.objects.turning(timezone.now()).select_related("segment", "owner"):
            if must_stop and must_stop.is_set():
                break
            steps += self.serve(mailing, must_stop)
        return steps

    def reckon_one(self) -> int:
        """One whose readers nobody has counted since it was changed."""
        mailing = Mailing.objects.filter(reckoned__isnull=True, began_at=None).exclude(state=State.CANCELLED).first()
        if mailing is None:
            return 0
        reckon(mailing)
        return 1

    def serve(self, mailing: Mailing, must_stop: Event | None) -> int:
        if mailing.state == State.SUBMITTED:
            expire(mailing)
            return 1
        if not mailing.claim(self.name):
            return 0
        try:
            mailing.refresh_from_db()
            with sparing():
                return self.send(mailing, must_stop)
        except LeaseLost:
            return 0
        except Refused as refusal:  # paused or cancelled at this instant
            logger.info("Mailing %s: %s", mailing.pk, refusal)
            return 0
        finally:
            mailing.leave(self.name)

    def send(self, mailing: Mailing, must_stop: Event | None) -> int:
        if mailing.began_at is None and not self.may_begin(mailing):
            return 1
        recover(mailing)
        steps, since = 0, time.monotonic()
        freezing = None if mailing.frozen_at else Freezing(mailing, self.name)
        sender = None
        while not (must_stop and must_stop.is_set()) and time.monotonic() - since < A_TURN:
            if freezing is not None:
                freezing = freezing if freezing.slice() else None
                steps += 1
                continue
            sender = sender or Sender(mailing, self.name, must_stop)
            looked_at = sender.batch()
            steps += looked_at
            if not looked_at or not sender.still_mine() or mailing.quiet_until:
                break
        self.end(mailing)
        return steps

    def may_begin(self, mailing: Mailing) -> bool:
        """What was approved, to whom it was approved, at the time that was chosen; else a person is asked."""
        if mailing.approved_digest != mailing.digest:
            fall(mailing, by="mailings")
            return False
        if mailing.state == State.APPROVED and (quiet := embargoes_on(mailing, timezone.now())):
            hold_one(mailing, quiet[0], by="mailings")
            return False
        if mailing.state == State.APPROVED and mailing.due_at and mailing.due_at < timezone.now() - TOO_LATE:
            mailing.pause(
                _("Its time has passed while nothing could leave: say whether it still leaves."), by="mailings"
            )
            return False
        begin(mailing)
        return True

    def end(self, mailing: Mailing) -> None:
        if mailing.frozen_at is None or mailing.recipients.unfinished().exists():
            return
        with transaction.atomic():
            mine = Mailing.objects.filter(pk=mailing.pk, state=State.SENDING, holder=self.name)
            if mine.update(state=State.SENT, ended_at=timezone.now(), said=""):
                record("mailing.sent", mailing, by="mailings", recipients=mailing.recipients.all().by_state())

    def beat(self) -> bool:
        Mailing.objects.filter(holder=self.name).update(lease_until=timezone.now() + LEASE)
        return True
