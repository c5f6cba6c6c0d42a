"""A copy of a film, as some networks take it: asked for by a post, made by a worker, and the row says how far it is."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.publishing.models.medium import Medium

# Four beats of whoever makes it.
LEASE: Final = timedelta(seconds=60)
# A film that kills its worker does not kill it for ever.
MOST_ATTEMPTS: Final = 3


class FilmCopyQuerySet(models.QuerySet["FilmCopy"]):
    def to_make(self, now: datetime) -> Self:
        """Those that nobody makes: asked for, or begun by somebody who died."""
        waits = Q(state=FilmCopy.State.WAITING)
        return self.filter(waits | Q(state=FilmCopy.State.MAKING, lease_until__lt=now)).order_by("asked_at", "pk")

    def ask(self, medium: Medium, mark: str, planned: dict[str, Any]) -> "FilmCopy":
        """Once for each plan, however many posts want it. One whose file was tidied away is made again."""
        made, is_new = self.get_or_create(medium=medium, mark=mark, defaults={"planned": planned})
        if not is_new and made.state == FilmCopy.State.READY and not made.path.is_file():
            again = {"state": FilmCopy.State.WAITING, "progress": 0, "attempts": 0, "asked_at": timezone.now()}
            self.filter(pk=made.pk, state=FilmCopy.State.READY).update(**again)
            made.refresh_from_db()
        return made


class FilmCopy(models.Model):
    """`mark`: of what was planned, `planned` itself. `progress`: in hundredths. `failure`: the end of a sentence."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits to be made")
        MAKING = "making", gettext_lazy("being made")
        READY = "ready", gettext_lazy("ready")
        IMPOSSIBLE = "impossible", gettext_lazy("cannot be made")

    medium = models.ForeignKey(Medium, models.CASCADE, related_name="copies")
    mark = models.CharField(max_length=16)
    planned = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    holder = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = FilmCopyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("copy of a film")
        verbose_name_plural = gettext_lazy("copies of films")
        constraints = [
            models.UniqueConstraint(fields=["medium", "mark"], name="a_film_is_copied_once_for_each_plan"),
            models.CheckConstraint(condition=~Q(state="ready") | Q(size__gt=0), name="a_copy_that_is_ready_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.medium}, {self.planned['width']} × {self.planned['height']}"

    @property
    def path(self) -> Path:
        folder: Path = settings.DATA_DIR / "variants" / self.medium.sha256[:2] / self.medium.sha256[:20]
        return folder / f"film-{self.mark}.mp4"

    @property
    def is_coming(self) -> bool:
        return self.state in {self.State.WAITING, self.State.MAKING}

    def claim(self, holder: str) -> bool:
        """Take it for a minute. False when somebody else was first."""
        now = timezone.now()
        mine = type(self).objects.to_make(now).filter(pk=self.pk)
        taken = mine.update(
            state=self.State.MAKING, holder=holder, lease_until=now + LEASE, attempts=F("attempts") + 1, progress=0
        )
        self.refresh_from_db()
        return bool(taken)

    def mine(self) -> models.QuerySet["FilmCopy"]:
        return type(self).objects.filter(pk=self.pk, state=self.State.MAKING, holder=self.holder)

    def goes_on(self, progress: int) -> bool:
        """Said now and then by whoever makes it. False when it is no longer theirs."""
        return bool(self.mine().update(progress=progress, lease_until=timezone.now() + LEASE))

    def put_back(self) -> None:
        """Somebody stopped in the middle: another one begins again."""
        self.mine().update(state=self.State.WAITING, holder="", lease_until=None, attempts=F("attempts") - 1)

    def is_ready(self, size: int, seconds: float) -> None:
        self.end("medium.copy_made", state=self.State.READY, size=size, seconds=seconds, progress=100, failure="")

    def is_impossible(self, why: str) -> None:
        self.end("medium.copy_failed", why, state=self.State.IMPOSSIBLE, failure=why[:300])

    def end(self, verb: str, why: str = "", **fields: Any) -> None:
        with transaction.atomic():
            if self.mine().update(holder="", lease_until=None, **fields):
                record(verb, self.medium, by="library", why=why, copy=self.pk)
        self.refresh_from_db()

    def try_again(self, *, by: Any) -> None:
        """Somebody mended what kept it from being made."""
        with transaction.atomic():
            failed = type(self).objects.filter(pk=self.pk, state=self.State.IMPOSSIBLE)
            fields = {"state": self.State.WAITING, "failure": "", "attempts": 0, "progress": 0}
            if failed.update(asked_at=timezone.now(), **fields):
                record("medium.copy_asked_again", self.medium, by=by, copy=self.pk)
        self.refresh_from_db()
