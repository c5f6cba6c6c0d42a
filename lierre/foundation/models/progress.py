"""How far a work is, in whose hands, and until when: the part of a work that its worker writes while doing it."""

import threading
import time
from abc import abstractmethod
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.lease import lease_end
from lierre.foundation.pulse import Pulse, is_alone

# Twice a second is as often as a page can show it.
WRITE_EVERY: Final = 0.5
LINES_KEPT: Final = 200
CHARACTERS_KEPT: Final = 500


class Cancelled(Exception):  # noqa: N818 - someone's wish, not an accident
    """The person asked to stop."""


class LeaseLost(Exception):  # noqa: N818 - an answer to the worker
    """Another worker has taken over: stop at once and write nothing more."""


class PutBack(Exception):  # noqa: N818 - an answer to the worker
    """The worker is told to stop: the work goes back to those that wait."""


class Progress(models.Model):
    """State, progress, log and lease. `steps_total` stays empty as long as nobody knows how long it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    steps_done = models.BigIntegerField(default=0)
    steps_total = models.BigIntegerField(null=True)
    log = models.JSONField(default=list)  # [{"at": moment, "text": sentence}], the last ones
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    failure = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, db_index=True)
    estimated_end = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __init__(self, *values: Any, **fields: Any) -> None:
        super().__init__(*values, **fields)
        # What the worker knows while it runs, and nobody keeps.
        self.must_stop = threading.Event()
        self.lost = False
        self.written = float("-inf")
        self.measured: tuple[float, int] | None = None

    @property
    @abstractmethod
    def once_only(self) -> bool:
        """Whether it must not be begun again."""

    @property
    def is_unfinished(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def share(self) -> int | None:
        """Percentage done. None when the end is not known."""
        return min(100, 100 * self.steps_done // self.steps_total) if self.steps_total else None

    def advance(self, done: int, total: int | None = None) -> None:
        """Tell how far the work is, as often as you like: written at most twice a second. Renews the lease.

        Raises Cancelled when the person asked to stop, LeaseLost when another worker took over, PutBack when the
        worker must stop.
        """
        self.steps_done, self.steps_total = done, self.steps_total if total is None else total
        self.estimate()
        self.write_soon()
        if self.must_stop.is_set() and not self.once_only:
            raise PutBack

    def say(self, sentence: str) -> None:
        """Add a line to the log that the page of the work shows. Only the last ones are kept."""
        line = {"at": timezone.now().isoformat(timespec="seconds"), "text": str(sentence)[:CHARACTERS_KEPT]}
        self.log = [*self.log, line][-LINES_KEPT:]
        self.write_soon()

    def hold(self) -> None:
        """Renew the lease, inside the transaction of a write that must not be done by two workers.

        Whoever takes over waits for this transaction, or has already taken over and LeaseLost is raised.
        """
        self.write(lease_until=lease_end())

    def estimate(self) -> None:
        """Guess the end from the pace of this attempt: an earlier one may have stopped for an hour."""
        now = time.monotonic()
        if self.measured is None or self.steps_done < self.measured[1]:
            self.measured = now, self.steps_done
        since, done_then = self.measured
        steps, seconds = self.steps_done - done_then, now - since
        if self.steps_total and steps and seconds > 1:
            remaining = max(0, self.steps_total - self.steps_done) * seconds / steps
            self.estimated_end = timezone.now() + timedelta(seconds=round(remaining))

    def write_soon(self) -> None:
        if self.lost:
            raise LeaseLost
        if time.monotonic() - self.written < WRITE_EVERY:
            return
        self.write(
            steps_done=self.steps_done,
            steps_total=self.steps_total,
            estimated_end=self.estimated_end,
            log=self.log,
            lease_until=lease_end(),
        )
        self.written = time.monotonic()
        if self.mine().filter(cancel_asked=True).exists():
            raise Cancelled

    def mine(self) -> models.QuerySet[Any]:
        """This row, as long as it is in our hands."""
        return type(self)._default_manager.filter(pk=self.pk, state=self.State.RUNNING, holder=self.holder)

    def write(self, **fields: Any) -> None:
        """Write fields if the work is still ours, else raise LeaseLost."""
        if not self.mine().update(**fields):
            raise LeaseLost
        for name, value in fields.items():
            setattr(self, name, value)

    def ended(self, state: str, **fields: Any) -> dict[str, Any]:
        """The fields of a work that nobody does any more."""
        ending: dict[str, Any] = {"state": state, "finished_at": timezone.now(), "lease_until": None}
        return ending | {"estimated_end": None} | fields

    def pulse(self) -> AbstractContextManager[object]:
        """Keeps the lease while the function computes without telling."""
        return nullcontext() if is_alone() else Pulse(self.beat)

    def beat(self) -> bool:
        self.lost = not self.mine().update(lease_until=lease_end())
        return not self.lost
