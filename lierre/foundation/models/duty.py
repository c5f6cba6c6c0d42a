"""A duty: what the house does by itself, again and again. One row each, which shows when it was last done."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.durations import in_words
from lierre.foundation.models.journal import record
from lierre.foundation.models.lease import lease_end
from lierre.foundation.models.timetable import Every, next_time, retry_delay, time_of_day
from lierre.foundation.models.worker import Worker
from lierre.foundation.pulse import Pulse, is_alone

Doing = Callable[[], object]
FAILURE_KEPT: Final = 500
_charged: dict[str, "Charge"] = {}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Charge:
    """A function that a domain wants to be called. What it answers, a sentence or nothing, is shown."""

    name: str
    label: str | Promise
    every: Every
    do: Doing
    once_only: bool = False


def duty(*, every: Every, label: str | Promise, once_only: bool = False) -> Callable[[Doing], Doing]:
    """Have this function called every so often (`timedelta`), or at a time of day ("daily at 03:00").

    It must find what is due and may be called twice. `once_only`: after a crash it waits for its next time instead.
    """
    if isinstance(every, str):
        time_of_day(every)

    def charge(do: Doing) -> Doing:
        name = f"{do.__module__}.{do.__name__}".removeprefix("lierre.").replace(".duties", "")
        _charged[name] = Charge(name, label, every, do, once_only)
        return do

    return charge


def charges() -> dict[str, Charge]:
    """Every duty of the house, by name."""
    autodiscover_modules("duties")
    return _charged


class DutyQuerySet(models.QuerySet["Duty"]):
    def due(self) -> Self:
        now = timezone.now()
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, due_at__lte=now, name__in=charges()).order_by("due_at")

    def write_down(self) -> None:
        """One row for each duty that is new. What comes at an interval is due at once, the rest at its hour."""
        known = set(self.values_list("name", flat=True))
        new = [charge for name, charge in charges().items() if name not in known]
        now, zone = timezone.now(), timezone.get_current_timezone()
        first = {each.name: next_time(each.every, now, zone) if isinstance(each.every, str) else now for each in new}
        self.bulk_create([Duty(name=name, due_at=moment) for name, moment in first.items()], ignore_conflicts=True)

    def soon(self, name: str) -> None:
        """At the next turn of a worker: something has just happened that makes its work useful."""
        now = timezone.now()
        self.filter(name=name, due_at__gt=now).update(due_at=now)

    def here(self, name: str, holder: str) -> bool:
        """Done at once by whoever calls, when no worker is there to do it. False when it was left to one, or failed."""
        if Worker.objects.alive().exists():
            return False
        self.write_down()
        duty = self.get(name=name)
        return not duty.is_running and duty.claim(holder) and duty.carry_out()

    def take(self, holder: str) -> "Duty | None":
        """Give the duty that has waited longest to this worker. None when nothing is due."""
        if not self.due().exists():
            return None
        with transaction.atomic():
            duties = self.due()
            if connection.features.has_select_for_update_skip_locked:
                duties = duties.select_for_update(skip_locked=True)
            duty = duties.first()
            if duty is None:
                return None
            if not duty.holder:
                return duty if duty.claim(holder) else None
            duty.note_interruption()
        return self.take(holder)


class Duty(models.Model):
    """`due_at` says when it comes next. A lease says that someone is doing it now."""

    name = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField(db_index=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    seconds = models.FloatField(null=True)
    said = models.CharField(max_length=500, blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    failure = models.CharField(max_length=FAILURE_KEPT, blank=True)
    holder = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("duty")
        verbose_name_plural = gettext_lazy("duties")

    def __str__(self) -> str:
        charge = charges().get(self.name)
        return str(charge.label) if charge else self.name

    @property
    def charge(self) -> Charge:
        return charges()[self.name]

    @property
    def is_running(self) -> bool:
        return self.lease_until is not None and self.lease_until > timezone.now()

    @property
    def duration(self) -> str:
        return in_words(self.seconds)

    def next_due(self) -> Any:
        return next_time(self.charge.every, timezone.now(), timezone.get_current_timezone())

    def hasten(self, *, by: Any) -> None:
        """Have it done at the next turn of a worker, whatever its timetable says."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(due_at=timezone.now())
            record("duty.hastened", self, by=by)

    def claim(self, holder: str) -> bool:
        """Take this duty for the next minute. One that must not be done twice is moved to its next time first."""
        seen = type(self).objects.filter(pk=self.pk, holder=self.holder, due_at=self.due_at)
        due_at = self.next_due() if self.charge.once_only else self.due_at
        taken = seen.update(holder=holder, lease_until=lease_end(), began_at=timezone.now(), due_at=due_at)
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def note_interruption(self) -> None:
        """Its worker died. Counted as a failure: a duty that kills its worker must not do it every minute."""
        fields = self.after_failure(_("The worker stopped in the middle."))
        seen = type(self).objects.filter(pk=self.pk, holder=self.holder, due_at=self.due_at)
        seen.update(holder="", lease_until=None, **fields)

    def carry_out(self) -> bool:
        """Call its function and write how it went. A failure is kept, shown, and tried again later."""
        began = timezone.now()
        try:
            with self.pulse():
                said = self.charge.do()
        except Exception as error:
            logger.exception("The duty %s failed.", self.name)
            self.write(began, self.after_failure(f"{type(error).__name__}: {error}"))
            return False
        sentence = said[:500] if isinstance(said, str) else ""
        self.write(began, {"due_at": self.next_due(), "failures": 0, "said": sentence, "succeeded_at": timezone.now()})
        return True

    def after_failure(self, text: str) -> dict[str, Any]:
        failures, text = self.failures + 1, text[:FAILURE_KEPT]
        due_at = timezone.now() + retry_delay(self.charge.every, failures)
        return {"failures": failures, "failure": text} | ({} if self.charge.once_only else {"due_at": due_at})

    def write(self, began: Any, fields: dict[str, Any]) -> None:
        """Write the end of a run, unless the lease was lost and another worker writes its own."""
        now = timezone.now()
        ending = {"ended_at": now, "seconds": (now - began).total_seconds(), "lease_until": None, "holder": ""}
        if not self.mine().update(**ending, **fields):
            logger.warning("The duty %s was taken over by another worker.", self.name)
        self.refresh_from_db()

    def mine(self) -> models.QuerySet["Duty"]:
        return type(self).objects.filter(pk=self.pk, holder=self.holder)

    def pulse(self) -> AbstractContextManager[object]:
        return nullcontext() if is_alone() else Pulse(lambda: bool(self.mine().update(lease_until=lease_end())))
