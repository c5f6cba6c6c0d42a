"""One process at work: it does the duties that are due and the works that wait, until it is told to stop."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import close_old_connections, connections

from lierre.foundation.errors import Refused
from lierre.foundation.lanes import Lane, lanes
from lierre.foundation.models import Duty, Work, Worker
from lierre.foundation.models.lease import new_holder
from lierre.foundation.models.progress import Cancelled, LeaseLost, PutBack
from lierre.foundation.pulse import Pulse

POLL: Final = 2.0
AFTER_AN_ACCIDENT: Final = 10.0
SIGNAL_SEEN_WITHIN: Final = 0.5
logger = logging.getLogger(__name__)


class Shift:
    """`poll`: seconds between two looks at what waits."""

    def __init__(self, poll: float = POLL) -> None:
        self.poll = poll
        self.name = new_holder()
        self.must_stop = threading.Event()

    def until_told(self, begun: Callable[[], object] = lambda: None) -> None:
        """
        Work until `must_stop`. Duties and long works each have a thread: an import of an hour delays no duty. `begun` is
        called once all of them are at work.
        """
        Duty.objects.write_down()
        worker = Worker.objects.arrive(self.name)
        threads = [threading.Thread(target=self.lane, args=[act], name=act.__name__) for act in (self.duty, self.work)]
        threads += [threading.Thread(target=self.steady, args=[lane], name=name) for name, lane in lanes().items()]
        try:
            with Pulse(worker.seen):
                for thread in threads:
                    thread.start()
                begun()
                # Not for ever: a signal that another thread receives does not wake this one, which must handle it.
                while not self.must_stop.wait(SIGNAL_SEEN_WITHIN):
                    pass
                for thread in threads:
                    thread.join()
        finally:
            self.must_stop.set()
            worker.leave()

    def once(self) -> int:
        """Do all that is due now, and answer how much that was."""
        Duty.objects.write_down()
        worker = Worker.objects.arrive(self.name)
        count = 0
        try:
            while not self.must_stop.is_set() and (self.duty() or self.work()):
                count += 1
                worker.seen()
            count += sum(lane.once() for lane in lanes().values())
        finally:
            worker.leave()
        return count

    def lane(self, act: Callable[[], bool]) -> None:
        """Do one thing after another, and rest when there is nothing to do."""
        try:
            while not self.must_stop.is_set():
                rest = self.poll
                try:
                    close_old_connections()
                    if act():
                        continue
                except Exception:
                    # The base may be restarting. What was begun keeps its lease and will be taken up again.
                    logger.exception("The worker could not go on; it tries again.")
                    connections.close_all()
                    rest = AFTER_AN_ACCIDENT
                self.must_stop.wait(rest)
        finally:
            connections.close_all()

    def steady(self, lane: Lane) -> None:
        """Hold a lane of a domain, and take it up again after an accident."""
        try:
            while not self.must_stop.is_set():
                try:
                    lane.until(self.must_stop)
                except Exception:
                    logger.exception("The worker could not go on; it tries again.")
                    connections.close_all()
                    self.must_stop.wait(AFTER_AN_ACCIDENT)
        finally:
            connections.close_all()

    def duty(self) -> bool:
        duty = Duty.objects.take(self.name)
        if duty is None:
            return False
        duty.carry_out()
        return True

    def work(self) -> bool:
        """Do one work. What stops it is already written on its row, and goes to the log when it is an accident."""
        work = Work.objects.take(self.name)
        if work is None:
            return False
        work.must_stop = self.must_stop
        try:
            work.carry_out()
        except (Cancelled, PutBack, Refused) as ending:
            logger.info("Work %s ended: %s %s", work.pk, type(ending).__name__, ending)
        except LeaseLost:
            logger.warning("Work %s was taken over by another worker.", work.pk)
        except Exception:
            logger.exception("Work %s failed.", work.pk)
        return True
