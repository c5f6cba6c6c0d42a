"""A long work: something asked now and done later by a worker, whose page shows how far it is."""

from datetime import datetime
from typing import Any, Final, Self

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.durations import in_words
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.kinds import Doing, Kind, kind_of, long_work
from lierre.foundation.models.lease import lease_end, new_holder
from lierre.foundation.models.progress import Cancelled, LeaseLost, Progress, PutBack

__all__ = ["Cancelled", "LeaseLost", "Work", "long_work"]

# A work that killed its worker this often (memory, most of the time) would kill the next one too.
ATTEMPTS: Final = 5


class WorkQuerySet(models.QuerySet["Work"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[Work.State.WAITING, Work.State.RUNNING])

    def finished(self) -> Self:
        return self.exclude(state__in=[Work.State.WAITING, Work.State.RUNNING])

    def to_take(self) -> Self:
        """Nobody is doing these: they wait, or whoever did them has died."""
        abandoned = Q(state=Work.State.RUNNING, lease_until__lt=timezone.now())
        return self.filter(Q(state=Work.State.WAITING) | abandoned).order_by("id")

    def asked_by(self, user: models.Model) -> Self:
        return self.filter(by_id=user.pk)

    def take(self, holder: str) -> "Work | None":
        """Give the oldest work to this worker. None when there is nothing to do, or another one was quicker."""
        if not self.to_take().exists():
            return None
        with transaction.atomic():
            works = self.to_take()
            if connection.features.has_select_for_update_skip_locked:
                works = works.select_for_update(skip_locked=True)
            work = works.first()
            if work is None:
                return None
            if not work.is_hopeless():
                return work if work.claim(holder) else None
            work.give_up()
        return self.take(holder)


class Work(Progress):
    """Arguments and result are JSON: ids and numbers, never personal data."""

    name = models.CharField(max_length=60)
    title = models.CharField(gettext_lazy("title"), max_length=200, blank=True)
    arguments = models.JSONField(default=dict, blank=True)
    # The number of the user, not a relation: the foundation knows no accounts.
    by_id = models.BigIntegerField(null=True, db_index=True, editable=False)
    by_name = models.CharField(gettext_lazy("asked by"), max_length=200)
    subject_name = models.CharField(max_length=200, blank=True)
    subject_url = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("long work")
        verbose_name_plural = gettext_lazy("long works")
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=["waiting", "running"]), name="foundation_work_unfinished"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | (~Q(state="running") & Q(lease_until=None)),
                name="a_running_work_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.label)

    @classmethod
    def ask(cls, name: str, *, by: Any, title: str = "", on: models.Model | None = None, **arguments: Any) -> "Work":
        """Leave a work to be done. `on` is what it concerns: the page of the work links there."""
        if kind_of(name) is None:
            raise ValueError(f"Nobody registered the long work {name}.")
        with transaction.atomic():
            work = cls.objects.create(
                name=name,
                title=title[:200],
                arguments=arguments,
                by_id=by.pk if isinstance(by, models.Model) else None,
                by_name=str(by)[:200],
                subject_name=str(on)[:200] if on is not None else "",
                subject_url=address_of(on),
            )
            record("work.asked", work, by=by)
        return work

    @property
    def kind(self) -> Kind | None:
        return kind_of(self.name)

    @property
    def label(self) -> str:
        return str(self.kind.label) if self.kind else self.name

    @property
    def by(self) -> Any:
        """The user who asked, or the name that asked: what `by=` wants to be told."""
        user = get_user_model()._default_manager.filter(pk=self.by_id).first() if self.by_id else None
        return user or self.by_name

    @property
    def once_only(self) -> bool:
        return self.kind is not None and self.kind.once_only

    def claim(self, holder: str) -> bool:
        """Take this work for the next minute. False when someone else did."""
        as_seen = type(self).objects.to_take().filter(pk=self.pk, state=self.state, attempts=self.attempts)
        taken = as_seen.update(
            state=self.State.RUNNING,
            holder=holder,
            lease_until=lease_end(),
            attempts=self.attempts + 1,
            started_at=self.started_at or timezone.now(),
        )
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def is_hopeless(self) -> bool:
        """Whether its worker died, and it must not be begun again."""
        return self.state == self.State.RUNNING and (self.once_only or self.attempts >= ATTEMPTS)

    def give_up(self) -> None:
        """Close a work whose worker died, and say so."""
        sentence = _("The work was interrupted and is not begun again by itself: look at what was done.")
        abandoned = type(self).objects.filter(pk=self.pk, state=self.state, holder=self.holder)
        if abandoned.filter(lease_until__lt=timezone.now()).update(**self.ended(self.State.FAILED, failure=sentence)):
            record("work.failed", self, by=self.by, why=sentence)

    def cancel(self, *, by: Any) -> None:
        """Take back a work. One that is running stops at its next step; what it had written stays."""
        with transaction.atomic():
            mine = type(self).objects.filter(pk=self.pk)
            waiting = mine.filter(state=self.State.WAITING)
            if not waiting.update(**self.ended(self.State.CANCELLED)) and not mine.filter(
                state=self.State.RUNNING
            ).update(cancel_asked=True):
                raise Refused(_("This work is already finished."))
            record("work.cancelled", self, by=by)
        self.refresh_from_db()

    def run_now(self) -> dict[str, Any]:
        """Do the work here, and answer its result. What stops it is written down, then raised again."""
        if self.is_hopeless() or not self.claim(new_holder()):
            raise Refused(_("This work is already being done, or finished."))
        return self.carry_out()

    def carry_out(self) -> dict[str, Any]:
        """Call the function of a work that was claimed. No transaction is held meanwhile."""
        try:
            with self.pulse():
                result = self.function()(self) or {}
            self.finish(self.State.DONE, result=result)
        except LeaseLost:
            raise  # The row belongs to another worker: nothing of it is ours to write.
        except PutBack:
            self.write(state=self.State.WAITING, lease_until=None, holder="", attempts=self.attempts - 1)
            raise
        except (Cancelled, KeyboardInterrupt):
            self.finish(self.State.CANCELLED)
            raise
        except Refused as refusal:
            self.finish(self.State.FAILED, failure=str(refusal)[:500])
            raise
        except Exception:
            sentence = _("An unexpected error stopped this work. The IT department finds it in the log of the worker.")
            self.finish(self.State.FAILED, failure=sentence)
            raise
        return result

    def function(self) -> Doing:
        if self.kind is None:
            raise Refused(_("Nothing here knows how to do this work any more."))
        return self.kind.do

    def finish(self, state: str, **fields: Any) -> None:
        with transaction.atomic():
            progress = {"steps_done": self.steps_done, "steps_total": self.steps_total, "log": self.log}
            self.write(**self.ended(state, **progress, **fields))
            # Who cancelled is already in the journal, with the moment they asked.
            if state != self.State.CANCELLED:
                record(f"work.{state}", self, by=self.by, why=self.failure)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The log, the last line first."""
        return [{"at": datetime.fromisoformat(line["at"]), "text": line["text"]} for line in reversed(self.log)]

    @property
    def duration(self) -> str:
        return in_words(self.seconds)

    @property
    def seconds(self) -> float | None:
        """How long it took, or has taken so far."""
        if self.started_at is None:
            return None
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()


def address_of(subject: Any) -> str:
    """Where the page of what a work concerns is. Empty when it has none."""
    return str(subject.get_absolute_url())[:300] if hasattr(subject, "get_absolute_url") else ""
