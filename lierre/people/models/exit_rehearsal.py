"""Leaving, rehearsed: the house is packed, built again elsewhere, and both are compared."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import record
from lierre.foundation.models.work import Work


class ExitRehearsalQuerySet(models.QuerySet["ExitRehearsal"]):
    def latest_first(self) -> Self:
        return self.order_by("-pk")

    def since(self, moment: datetime) -> Self:
        """Those that went to their end."""
        return self.filter(ended_at__gte=moment, state__in=[ExitRehearsal.State.HELD, ExitRehearsal.State.DIFFERS])

    def begin(self, work: Work) -> "ExitRehearsal":
        """Whatever was under way was interrupted, since its work is begun again: it is said, and a new one starts."""
        interrupted = {"state": ExitRehearsal.State.STOPPED, "ended_at": timezone.now()}
        self.filter(state=ExitRehearsal.State.RUNNING).update(**interrupted)
        return self.create(work_id=work.pk)


class ExitRehearsal(models.Model):
    """`examples` say where something differs and in which columns, never what is written there."""

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        HELD = "held", _("nothing is lost")
        DIFFERS = "differs", _("something differs")
        FAILED = "failed", _("could not be done")
        STOPPED = "stopped", _("interrupted")

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RUNNING)
    work_id = models.BigIntegerField(null=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    persons = models.IntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    files = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    lost = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    by_table = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    failure = models.CharField(max_length=500, blank=True)

    objects = ExitRehearsalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("exit rehearsal")
        verbose_name_plural = _("exit rehearsals")

    def __str__(self) -> str:
        return str(_("exit rehearsal"))

    @property
    def differences(self) -> int:
        return self.lost + self.added

    @property
    def duration(self) -> timedelta | None:
        return self.ended_at - self.began_at if self.ended_at else None

    @property
    def is_under_way(self) -> bool:
        """A worker that died left its row behind: nobody is on it until another one takes it up."""
        works = Work.objects.filter(pk=self.work_id or 0, state=Work.State.RUNNING, lease_until__gte=timezone.now())
        return self.state == self.State.RUNNING and works.exists()

    def end(self, report: dict[str, Any], *, size: int, by: Any) -> None:
        """What was found: nothing lost, or exactly what differs."""
        same = not report["lost"] and not report["added"]
        for name in ("persons", "rows", "files", "lost", "added", "by_table", "examples"):
            setattr(self, name, report[name])
        self.close(self.State.HELD if same else self.State.DIFFERS, size=size, by=by)

    def fail(self, why: str, *, by: Any) -> None:
        self.close(self.State.FAILED, failure=why[:500], by=by)

    def stop(self, *, by: Any) -> None:
        self.close(self.State.STOPPED, by=by)

    def close(self, state: "ExitRehearsal.State", *, by: Any, **fields: Any) -> None:
        with transaction.atomic():
            self.state, self.ended_at = state, timezone.now()
            for name, value in fields.items():
                setattr(self, name, value)
            self.save()
            record(
                f"exit.{state}", self, by=by, why=self.failure, persons=self.persons, lost=self.lost, added=self.added
            )
