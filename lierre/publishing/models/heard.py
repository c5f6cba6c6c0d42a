"""What somebody said to us in public on a network, under what we published or by our name; and what the house did with it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery

KEPT: Final = timedelta(days=365)


class HeardQuerySet(models.QuerySet["Heard"]):
    def open(self) -> Self:
        return self.filter(state=Heard.State.OPEN)

    def old(self, now: datetime) -> Self:
        return self.filter(at__lt=now - KEPT)


class Heard(models.Model):
    """`network_id`: of what was said, over there. `after`: what asks whether it still is there; None when nothing can."""

    class Kind(models.TextChoices):
        ANSWER = "answer", gettext_lazy("answer")
        MENTION = "mention", gettext_lazy("mention")
        QUOTE = "quote", gettext_lazy("quotation")

    class State(models.TextChoices):
        OPEN = "", gettext_lazy("waits")
        HANDLED = "handled", gettext_lazy("handled")
        NOTHING = "nothing", gettext_lazy("nothing to do")

    account = models.ForeignKey(Account, models.CASCADE, related_name="heard")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="heard")
    network_id = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    author = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    at = models.DateTimeField()
    after = models.JSONField(null=True)
    look_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("given to")
    )
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = HeardQuerySet.as_manager()

    if TYPE_CHECKING:
        assigned_to_id: int | None
        delivery_id: int | None

        def get_kind_display(self) -> str: ...
        def get_state_display(self) -> str: ...

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("answer on a network")
        verbose_name_plural = gettext_lazy("answers on networks")
        constraints = [
            models.UniqueConstraint(fields=["account", "network_id"], name="heard_once"),
            models.CheckConstraint(
                condition=Q(state="", settled_at=None) | (~Q(state="") & Q(settled_at__isnull=False)),
                name="what_was_handled_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["look_at"], name="publishing_heard_to_look_at"),
            models.Index(fields=["at"], name="publishing_heard_at"),
        ]

    def __str__(self) -> str:
        """Never a name: the journal forgets nothing."""
        return f"{self.account}, {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("publishing:answer", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def who(self) -> str:
        return self.author or self.handle or _("somebody")

    def settle(self, state: str, *, by: Any) -> None:
        """Somebody answered there, or there is nothing to do."""
        with transaction.atomic():
            fields = {"state": state, "settled_by": by, "settled_at": timezone.now()}
            self.change(Q(state=""), _("Somebody has settled it already."), **fields)
            record(f"heard.{state}", self.account, by=by, answer=self.pk)

    def reopen(self, *, by: Any) -> None:
        with transaction.atomic():
            self.change(~Q(state=""), _("It waits already."), state="", settled_by=None, settled_at=None)
            record("heard.reopened", self.account, by=by, answer=self.pk)

    def give(self, to: Any, *, by: Any) -> None:
        """`to`: who sees to it from now on; None for nobody in particular."""
        with transaction.atomic():
            before = self.assigned_to
            self.change(Q(state=""), _("Somebody has settled it already."), assigned_to=to)
            record("heard.given", self.account, by=by, answer=self.pk, before=str(before or ""), after=str(to or ""))

    def change(self, still: Q, refusal: str, **fields: Any) -> None:
        """Two who press at once: one is told."""
        if not type(self).objects.filter(still, pk=self.pk).update(**fields):
            raise Refused(refusal)
        self.refresh_from_db()


class Hearing(models.Model):
    """How far one account was listened to. `next_at`: when it is again."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="hearing")
    cursor = models.CharField(max_length=1000, blank=True)
    next_at = models.DateTimeField(db_index=True)
    heard_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Hearing"]] = models.Manager()

    class Meta:
        verbose_name = gettext_lazy("listening to an account")
        verbose_name_plural = gettext_lazy("listening to accounts")

    def __str__(self) -> str:
        return str(self.account)
