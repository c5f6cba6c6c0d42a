"""The workers that run, and when each was last seen: so that a page can say that nothing has run since."""

import os
import socket
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

# A worker is seen every fifteen seconds; after this it is held to have stopped.
QUIET: Final = timedelta(seconds=90)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self) -> Self:
        return self.filter(stopped_at=None, seen_at__gt=timezone.now() - QUIET)

    def arrive(self, name: str) -> "Worker":
        return self.create(name=name, host=socket.gethostname()[:100], pid=os.getpid())

    def last_seen(self) -> datetime | None:
        return self.order_by("-seen_at").values_list("seen_at", flat=True).first()


class Worker(models.Model):
    """One process of `lierre work`."""

    name = models.CharField(max_length=60, unique=True)
    host = models.CharField(max_length=100)
    pid = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    stopped_at = models.DateTimeField(null=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.host}, {self.pid}"

    @property
    def is_alive(self) -> bool:
        return self.stopped_at is None and self.seen_at > timezone.now() - QUIET

    def seen(self) -> bool:
        """Show that the process lives. False when its row is gone, and there is nothing left to show."""
        return bool(type(self).objects.filter(pk=self.pk).update(seen_at=timezone.now()))

    def leave(self) -> None:
        """Say that it stopped because it was told to."""
        now = timezone.now()
        type(self).objects.filter(pk=self.pk).update(seen_at=now, stopped_at=now)


def silence() -> datetime | None:
    """Since when no worker lives. None when one does. A base that never had one counts from its birth."""
    if Worker.objects.alive().exists():
        return None
    return Worker.objects.last_seen() or born_at()


def born_at() -> datetime:
    """When this base was made."""
    applied = MigrationRecorder(connection).migration_qs.filter(app="foundation")
    moment = applied.order_by("applied").values_list("applied", flat=True).first()
    return moment or timezone.now()
