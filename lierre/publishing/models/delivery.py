"""The outbox: one row for each post, account and part. The row is the queue, and says the truth whatever was killed."""

from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.account import Account
from lierre.publishing.models.embargo import refuse_under_embargo
from lierre.publishing.models.post import Post
from lierre.publishing.models.queue import CHANGEABLE, TURNING, DeliveryQuerySet, State

MOST_EVIDENCE: Final = 40
# What changes while a row is on its way: read again after each step, without what hangs on it.
LIVING: Final = (
    "state", "due_at", "next_at", "text", "text_hash", "key", "frozen", "frozen_hash", "sent_times", "sent_at",
    "last_sent_at", "attempts", "failure", "evidence", "network_id", "permalink", "receipt", "confirmed_at",
)  # fmt: skip


class Delivery(models.Model):
    """`next_at`: when a worker looks at it next; None when nothing is to be done by itself.

    `frozen`: what is sent, decided once and kept: saying it again says the same thing. `key`: so that it counts once.
    """

    State = State
    TURNING = TURNING
    CHANGEABLE = CHANGEABLE

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="deliveries")
    part = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64, blank=True)

    key = models.UUIDField(default=uuid4, editable=False)
    frozen = models.JSONField(null=True)
    frozen_hash = models.CharField(max_length=64, blank=True)
    sent_times = models.PositiveSmallIntegerField(default=0)  # how often it may have left
    sent_at = models.DateTimeField(null=True)  # the first of them
    last_sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=list)

    network_id = models.CharField(max_length=300, blank=True)
    permalink = models.URLField(max_length=500, blank=True)
    receipt = models.JSONField(null=True)  # what an answer to it, or the next part, must name
    confirmed_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()
    holder = ""  # who acts, when it is a worker

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("delivery")
        verbose_name_plural = gettext_lazy("outbox")
        constraints = [
            models.UniqueConstraint(fields=["post", "account", "part"], name="one_row_for_each_part"),
            models.UniqueConstraint(
                fields=["account", "network_id"], condition=~Q(network_id=""), name="an_object_online_is_one_row"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(network_id="") | ~Q(permalink=""),
                name="what_is_online_has_a_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_flight", "to_check"]) | Q(frozen__isnull=False, sent_at__isnull=False),
                name="what_may_have_left_is_frozen",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "next_at"], name="publishing_due_for_an_account"),
            models.Index(fields=["next_at"], name="publishing_due"),
            models.Index(fields=["state", "due_at"], name="publishing_in_this_state"),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.account}"

    def get_absolute_url(self) -> str:
        return reverse("publishing:delivery", args=[self.pk])

    @property
    def by_hand(self) -> bool:
        """Whether a person publishes it, with what was prepared for them."""
        return (self.frozen or {}).get("network") == "manual"

    # The road of a delivery. Each step is one conditional UPDATE: whoever is late, or has lost the account, changes nothing.

    def mine(self, *states: str) -> DeliveryQuerySet:
        """This row, as long as it is in one of these states and whoever acts still holds the account."""
        found = type(self).objects.filter(pk=self.pk, state__in=states)
        if not self.holder:
            return found
        held = Account.objects.filter(pk=self.account_id, holder=self.holder, lease_until__gt=timezone.now())
        return found.filter(models.Exists(held))

    def claim(self) -> bool:
        """Take it, as it reads at this instant. False when it was changed, cancelled or taken meanwhile."""
        now = timezone.now()
        mine = self.mine(self.State.WAITING).filter(next_at__lte=now)
        taken = mine.update(state=self.State.CLAIMED, next_at=now, attempts=F("attempts") + 1)
        if taken:
            self.refresh_from_db(fields=LIVING)
        return bool(taken)

    def freeze(self, frozen: dict[str, Any], look_again_at: datetime | None) -> bool:
        """What will be sent, whatever happens: written before anything of it can be seen."""
        fields: dict[str, Any] = {"frozen": frozen, "frozen_hash": self.text_hash}
        if look_again_at:
            fields["next_at"] = look_again_at
        self.frozen, self.frozen_hash = frozen, self.text_hash
        return bool(self.mine(self.State.CLAIMED).update(**fields))

    def leave(self) -> bool:
        """From here on the request may have left, once more. The first time says until when a key is remembered."""
        now = timezone.now()
        fields: dict[str, Any] = {"state": self.State.IN_FLIGHT, "sent_at": self.sent_at or now, "last_sent_at": now}
        fields |= {"sent_times": self.sent_times + 1, "next_at": now}
        gone = self.mine(self.State.CLAIMED, self.State.IN_FLIGHT, self.State.TO_CHECK).update(**fields)
        if gone:
            for name, value in fields.items():
                setattr(self, name, value)
        return bool(gone)

    def confirm(self, network_id: str, permalink: str, receipt: dict[str, Any] | None = None, *, by: Any) -> None:
        """It is online, here is where. Accepted from whomever, from any state but the end: truth is never too late."""
        now = timezone.now()
        with transaction.atomic():
            not_yet = type(self).objects.filter(pk=self.pk).exclude(state=self.State.CONFIRMED)
            done = not_yet.update(
                state=self.State.CONFIRMED, next_at=None, network_id=network_id, permalink=permalink, receipt=receipt,
                confirmed_at=now, failure="", evidence=self.evidence,
            )  # fmt: skip
            if done:
                record("delivery.confirmed", self, by=by, permalink=permalink)
                self.following().filter(part=self.part + 1, next_at=None).update(next_at=now)
        self.refresh_from_db(fields=LIVING)

    def following(self) -> DeliveryQuerySet:
        """What waits after it, in the same thread."""
        return type(self).objects.waiting().filter(post=self.post_id, account=self.account_id, part__gt=self.part)

    def refuse(self, why: str) -> None:
        """A clean no on what it says. It is never sent again unchanged."""
        self.end_up(self.State.REFUSED, "delivery.refused", why)

    def ask(self, why: str, look_again_at: datetime | None = None) -> None:
        """Nobody can prove what happened: a person is shown what is known. One goes on looking meanwhile."""
        self.end_up(self.State.TO_CHECK, "delivery.to_check", why, look_again_at)

    def end_up(self, state: str, verb: str, why: str, next_at: datetime | None = None) -> None:
        before = [self.State.CLAIMED, self.State.IN_FLIGHT, self.State.TO_CHECK]
        is_news = self.state != state
        with transaction.atomic():
            fields = {"state": state, "next_at": next_at, "failure": why[:300], "evidence": self.evidence}
            if self.mine(*before).update(**fields) and is_news:
                record(verb, self, by="outbox", why=why)
        self.refresh_from_db(fields=LIVING)

    def put_back(self, next_at: datetime, why: str) -> None:
        """Provably not sent: it waits again, and may again be changed. What was frozen serves if it is not."""
        fields = {"state": self.State.WAITING, "next_at": next_at, "failure": why[:300]}
        self.mine(self.State.CLAIMED, self.State.IN_FLIGHT).update(
            sent_times=0, sent_at=None, last_sent_at=None, **fields
        )
        self.refresh_from_db(fields=LIVING)

    def look_again(self, next_at: datetime, why: str) -> None:
        """It may have left: it stays as it is until that is known."""
        fields = {"next_at": next_at, "failure": why[:300], "evidence": self.evidence}
        self.mine(self.State.IN_FLIGHT, self.State.TO_CHECK, self.State.CLAIMED).update(**fields)
        self.refresh_from_db(fields=LIVING)

    def miss(self) -> None:
        why = _("Its time had passed by more than two hours when it could have left.")
        with transaction.atomic():
            if self.mine(self.State.WAITING).update(state=self.State.MISSED, next_at=None, failure=why):
                record("delivery.missed", self, by="outbox", why=why)

    def note(self, what: str, **seen: Any) -> None:
        """Add to what a person will be shown. Written with the next step."""
        line = {"at": timezone.now().isoformat(timespec="seconds"), "what": what} | seen
        self.evidence = [*self.evidence, line][-MOST_EVIDENCE:]

    # What a person decides.

    def it_is_online(self, permalink: str, *, by: Any) -> None:
        """Somebody saw it, and gives its address."""
        if self.state != self.State.TO_CHECK:
            raise Refused(
                _("Somebody, or the network, has answered meanwhile: it is “%(state)s”.")
                % {"state": self.get_state_display()}
            )
        self.note("seen", permalink=permalink, by=str(by))
        self.confirm("", permalink, by=by)

    def it_is_not(self, *, by: Any) -> None:
        """Somebody looked, and it is not there: it leaves again, as something new."""
        self.again([self.State.TO_CHECK], "delivery.not_there", by=by)

    def send_now(self, *, by: Any) -> None:
        """It missed its time; somebody wants it nevertheless."""
        self.again([self.State.MISSED], "delivery.sent_late", by=by)

    def again(self, before: list[str], verb: str, *, by: Any) -> None:
        now = timezone.now()
        refuse_under_embargo(self.post, now)
        with transaction.atomic():
            mine = type(self).objects.filter(pk=self.pk, state__in=before)
            if not mine.update(
                state=self.State.WAITING,
                due_at=now,
                next_at=now,
                frozen=None,
                frozen_hash="",
                key=uuid4(),
                sent_times=0,
                sent_at=None,
                last_sent_at=None,
                failure="",
            ):
                self.refresh_from_db()
                raise Refused(
                    _("Somebody, or the network, has answered meanwhile: it is “%(state)s”.")
                    % {"state": self.get_state_display()}
                )
            record(verb, self, by=by)
        self.refresh_from_db()

    def give_up(self, *, by: Any) -> None:
        """It does not leave, nor what follows it."""
        with transaction.atomic():
            after = type(self).objects.filter(post=self.post_id, account=self.account_id, part__gte=self.part)
            states = [*self.CHANGEABLE, self.State.REFUSED, *([self.State.TO_CHECK] if self.by_hand else [])]
            stopped = after.filter(state__in=states)
            if not stopped.update(state=self.State.CANCELLED, next_at=None):
                raise Refused(_("It has left, or may have: it cannot be given up."))
            record("delivery.cancelled", self, by=by)
        self.refresh_from_db()


def hash_of(text: str) -> str:
    """
    SHA-256 of a text as its author meant it, before any network's own spelling.

    >>> hash_of("Bonjour")[:12]
    '9172e8eec99f'
    """
    return sha256(text.encode()).hexdigest()
