"""One message to a webhook: the row is the queue. Sent at least once; the receiver knows it by its identifier."""

import json
import secrets
from datetime import timedelta
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.interchange.models.webhook import PATIENCE, Webhook

LEASE: Final = timedelta(minutes=2)
KEPT: Final = timedelta(days=30)
# After the first, the second… failure; after the last one the message is given up.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60))


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self) -> Self:
        """Those that should have left by now, to machines that are told."""
        due = self.filter(state=Dispatch.State.WAITING, due_at__lte=timezone.now())
        return due.filter(webhook__state=Webhook.State.ACTIVE).select_related("webhook").order_by("due_at", "pk")

    def old(self) -> Self:
        return self.filter(made_at__lt=timezone.now() - KEPT).exclude(state=Dispatch.State.WAITING)


def new_identifier() -> str:
    return f"msg_{secrets.token_hex(12)}"


class Dispatch(models.Model):
    """`entry_id`: the line of the journal it tells of; empty for a test."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits")
        TAKEN = "taken", gettext_lazy("taken")
        GIVEN_UP = "given_up", gettext_lazy("given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="dispatches")
    identifier = models.CharField(max_length=40, unique=True, default=new_identifier, editable=False)
    entry_id = models.BigIntegerField(null=True)
    event = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("message to a machine")
        verbose_name_plural = gettext_lazy("messages to machines")
        constraints = [models.UniqueConstraint(fields=["webhook", "entry_id"], name="a_line_is_told_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="dispatches_that_wait")]

    def __str__(self) -> str:
        return f"{self.event}, {self.webhook}"

    @classmethod
    def try_out(cls, webhook: Webhook, *, by: Any) -> "Dispatch":
        """A message that tells of nothing, to see whether the machine answers."""
        if not webhook.is_active:
            raise Refused(_("Start this webhook first: nothing leaves for it."))
        said = {"type": "test", "timestamp": timezone.now().isoformat(), "data": {}}
        with transaction.atomic():
            record("webhook.tried", webhook, by=by)
            return cls.objects.create(webhook=webhook, event="test", body=json.dumps(said))

    def claim(self) -> bool:
        """Take it for two minutes. If we die meanwhile it is simply due again."""
        now = timezone.now()
        mine = type(self).objects.filter(pk=self.pk, state=self.State.WAITING, due_at=self.due_at)
        taken = mine.update(due_at=now + LEASE, attempts=F("attempts") + 1, tried_at=now)
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def mark_taken(self, status: int) -> None:
        with transaction.atomic():
            self.write(state=self.State.TAKEN, status=status, failure="")
            Webhook.objects.filter(pk=self.webhook_id).update(given_up=0)

    def mark_failed(self, why: str, status: int | None = None) -> None:
        """Later and later; after the last wait it is given up, and a machine that is deaf is left alone."""
        if self.attempts <= len(WAITS):
            self.write(due_at=timezone.now() + WAITS[self.attempts - 1], status=status, failure=why[:300])
            return
        self.write(state=self.State.GIVEN_UP, status=status, failure=why[:300])
        Webhook.objects.filter(pk=self.webhook_id).update(given_up=F("given_up") + 1)
        self.webhook.refresh_from_db()
        if self.webhook.given_up >= PATIENCE and self.webhook.is_active:
            self.webhook.suspend()

    def send_again(self, *, by: Any) -> None:
        """At once, whatever became of it."""
        if not self.webhook.is_active:
            raise Refused(_("Start this webhook first: nothing leaves for it."))
        with transaction.atomic():
            self.write(state=self.State.WAITING, due_at=timezone.now(), attempts=0)
            record("webhook.sent_again", self.webhook, by=by, message=self.identifier)

    def write(self, **fields: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()
