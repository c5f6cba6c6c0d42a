"""A webhook: a machine that is told what happens here. It is told that somebody changed, never what changed."""

import base64
import secrets
from typing import Any, Final, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.sealing import Box
from lierre.interchange.events import EVENTS

PREFIX: Final = "whsec_"
SECRETS: Final = Box("interchange.webhook")
MOST: Final = 20
# Messages given up in a row: whoever does not answer any more is no longer called.
PATIENCE: Final = 3


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def active(self) -> Self:
        return self.filter(state=Webhook.State.ACTIVE)


class Webhook(models.Model):
    """`told_until`: the journal was read up to there."""

    class State(models.TextChoices):
        ACTIVE = "active", gettext_lazy("is told")
        STOPPED = "stopped", gettext_lazy("stopped")
        SUSPENDED = "suspended", gettext_lazy("suspended: it did not answer")

    name = models.CharField(gettext_lazy("name"), max_length=60, unique=True)
    url = models.URLField(gettext_lazy("address"), max_length=500)
    sealed = models.TextField(editable=False)
    events = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    given_up = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    told_until = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("webhook")
        verbose_name_plural = gettext_lazy("webhooks")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("interchange:webhook", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def secret(self) -> str:
        """What signs. The machine that is told holds the same."""
        return SECRETS.unseal(self.sealed)

    @property
    def events_told(self) -> list[str]:
        return [str(EVENTS[name].label) for name in self.events if name in EVENTS]

    @classmethod
    def make(cls, name: str, url: str, events: list[str], *, by: Any) -> "tuple[Webhook, str]":
        """The webhook, and its secret, which is shown once."""
        check_events(events)
        if cls.objects.count() >= MOST:
            raise Refused(_("There are %(count)d webhooks already: take one away first.") % {"count": MOST})
        if cls.objects.filter(name=name).exists():
            raise Refused(_("Another webhook bears this name."))
        secret = new_secret()
        with transaction.atomic():
            webhook = cls.objects.create(name=name, url=url, events=events, sealed=SECRETS.seal(secret))
            record("webhook.made", webhook, by=by, events=events)
        return webhook, secret

    def change(self, url: str, events: list[str], *, by: Any) -> None:
        check_events(events)
        with transaction.atomic():
            self.url, self.events = url, events
            self.save(update_fields=["url", "events"])
            record("webhook.changed", self, by=by, events=events)

    def renew(self, *, by: Any) -> str:
        """Another secret: what leaves from now on is signed with it."""
        secret = new_secret()
        with transaction.atomic():
            self.sealed = SECRETS.seal(secret)
            self.save(update_fields=["sealed"])
            record("webhook.renewed", self, by=by)
        return secret

    def stop(self, *, by: Any) -> None:
        """Nothing leaves any more; what waits keeps waiting, and what happens meanwhile is not told."""
        self.move(self.State.STOPPED, "webhook.stopped", by=by)

    def start(self, *, by: Any) -> None:
        """What happens from now on is told, and what was waiting leaves."""
        self.move(self.State.ACTIVE, "webhook.started", by=by, told_until=timezone.now(), given_up=0)

    def suspend(self) -> None:
        self.move(self.State.SUSPENDED, "webhook.suspended", by="interchange.send_dispatches")

    def move(self, state: str, verb: str, *, by: Any, **fields: Any) -> None:
        with transaction.atomic():
            if type(self).objects.filter(pk=self.pk).exclude(state=state).update(state=state, **fields):
                record(verb, self, by=by)
        self.refresh_from_db()

    def forget(self, *, by: Any) -> None:
        """It goes, with what was sent to it."""
        with transaction.atomic():
            record("webhook.forgotten", self, by=by)
            self.delete()


def check_events(events: list[str]) -> None:
    if not events or not set(events) <= EVENTS.keys():
        raise Refused(_("Choose what this machine is told."))


def new_secret() -> str:
    """As the Standard Webhooks specification spells it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
