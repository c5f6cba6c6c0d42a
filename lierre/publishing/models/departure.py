"""One part of a text that leaves for a network. The row is the queue, and says the truth whatever was killed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.queue import CHANGEABLE, TURNING, State

MOST_EVIDENCE: Final = 40
# What changes while a row is on its way: read again after each step, without what hangs on it.
LIVING: Final = (
    "state", "due_at", "next_at", "text", "text_hash", "key", "frozen", "frozen_hash", "sent_times", "sent_at",
    "last_sent_at", "attempts", "failure", "evidence", "network_id", "permalink", "receipt", "confirmed_at",
)  # fmt: skip


class Departure(models.Model):
    """`next_at`: when a worker looks at it next; None when nothing is to be done by itself.

    `frozen`: what is sent, decided once and kept: saying it again says the same thing. `key`: so that it counts once.
    """

    State = State
    TURNING = TURNING
    CHANGEABLE = CHANGEABLE

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

    if TYPE_CHECKING:
        objects: Any
        post: Any
        post_id: int
        account: Any
        account_id: int
        log: Any
    holder = ""  # who acts, when it is a worker
    parts = 1  # how many there are, once it was read whole

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.post}, {self.account}"

    @property
    def by_hand(self) -> bool:
        """Whether a person publishes it, with what was prepared for them."""
        return (self.frozen or {}).get("network") == "manual"

    # The road of a row. Each step is one conditional UPDATE: whoever is late, or has lost the account, changes nothing.

    def mine(self, *states: str, **account: Any) -> Any:
        """This row, as long as it is in one of these states and whoever acts still holds the account (as it must be)."""
        found = type(self).objects.filter(pk=self.pk, state__in=states)
        if not self.holder:
            return found
        ours = type(self.account).objects.filter(pk=self.account_id, **account).spoken_for_by(self.holder)
        return found.filter(models.Exists(ours))

    def siblings(self) -> Any:
        """The parts of the same thread, this one among them."""
        return type(self).objects.filter(post=self.post_id, account=self.account_id)

    def claim(self) -> bool:
        """Take it. False when it was changed, cancelled or taken meanwhile, or when its account was silenced."""
        now = timezone.now()
        mine = self.mine(self.State.WAITING, held="").filter(next_at__lte=now, text_hash=self.text_hash)
        taken = mine.update(state=self.State.CLAIMED, next_at=now, attempts=F("attempts") + 1)
        if taken:
            self.read_again()
        return bool(taken)

    def read_again(self) -> None:
        """With its post and its account, in one question: what leaves is what they say at this instant."""
        vars(self).update(vars(type(self).objects.whole().get(pk=self.pk)))

    def freeze(self, frozen: dict[str, Any], look_again_at: datetime | None, why: str = "") -> bool:
        """What is handed over, and may be read over there until that time: one goes on from it."""
        fields: dict[str, Any] = {"frozen": frozen, "frozen_hash": self.text_hash, "evidence": self.evidence}
        if look_again_at:
            fields |= {"next_at": look_again_at, "failure": why[:300]}
        self.frozen, self.frozen_hash = frozen, self.text_hash
        return bool(self.mine(self.State.CLAIMED).update(**fields))

    def leave(self, frozen: dict[str, Any] | None = None) -> bool:
        """
        From here on the request may have left, once more. The first time says until when a key is remembered, and what will
        be sent whatever happens (`frozen`): written before anything of it can be seen.
        """
        now = timezone.now()
        fields: dict[str, Any] = {"state": self.State.IN_FLIGHT, "sent_at": self.sent_at or now, "last_sent_at": now}
        fields |= {"sent_times": self.sent_times + 1, "next_at": now}
        before = [self.State.CLAIMED, self.State.IN_FLIGHT, self.State.TO_CHECK]
        if frozen is not None:
            fields |= {"frozen": frozen, "frozen_hash": self.text_hash}
            before = [self.State.CLAIMED]
        gone = self.mine(*before).update(**fields)
        if gone:
            for name, value in fields.items():
                setattr(self, name, value)
        return bool(gone)

    def confirm(self, network_id: str, permalink: str, receipt: dict[str, Any] | None = None, *, by: Any) -> None:
        """It is online, here is where. Accepted from whomever, from any state but the end: truth is never too late."""
        now = timezone.now()
        fields: dict[str, Any] = {
            "state": self.State.CONFIRMED, "next_at": None, "network_id": network_id, "permalink": permalink,
            "receipt": receipt, "confirmed_at": now, "failure": "", "evidence": self.evidence,
        }  # fmt: skip
        with transaction.atomic(savepoint=False):
            done = type(self).objects.filter(pk=self.pk).exclude(state=self.State.CONFIRMED).update(**fields)
            if done:
                self.tell("delivery.confirmed", by=by, permalink=permalink)
                self.following().filter(part=self.part + 1, next_at=None).update(next_at=now)
        if not done:
            self.refresh_from_db(fields=LIVING)
        for name, value in fields.items() if done else ():
            setattr(self, name, value)

    def following(self) -> Any:
        """What waits after it, in the same thread."""
        return self.siblings().waiting().filter(part__gt=self.part)

    def tell(self, verb: str, *, by: Any, why: str = "", **details: Any) -> None:
        """In the journal, in the transaction of what it tells."""
        record(verb, self, by=by, why=why, **details)

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
                self.tell(verb, by="outbox", why=why)
        self.refresh_from_db(fields=LIVING)

    def put_back(self, next_at: datetime, why: str) -> None:
        """Provably not sent: it waits again, and may again be changed. What was frozen serves if it is not."""
        fields = {"state": self.State.WAITING, "next_at": next_at, "failure": why[:300], "evidence": self.evidence}
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
        why = _(
            "Its time had passed by more than two hours when it could have left: at the desk, send it now or give it up."
        )
        with transaction.atomic():
            if self.mine(self.State.WAITING).update(state=self.State.MISSED, next_at=None, failure=why):
                self.tell("delivery.missed", by="outbox", why=why)

    def note(self, what: str, **seen: Any) -> None:
        """Add to what a person will be shown. Written with the next step."""
        line = {"at": timezone.now().isoformat(timespec="seconds"), "what": what} | seen
        self.evidence = [*self.evidence, line][-MOST_EVIDENCE:]

    # What a person decides.

    def it_is_online(self, permalink: str, *, by: Any) -> None:
        """Somebody saw it, and gives its address."""
        if self.state != self.State.TO_CHECK:
            raise self.answered_meanwhile()
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
        self.check_may_leave(now)
        with transaction.atomic():
            mine = type(self).objects.filter(pk=self.pk, state__in=before)
            if not mine.update(
                state=self.State.WAITING, due_at=now, next_at=now, frozen=None, frozen_hash="", key=uuid4(), sent_times=0,
                sent_at=None, last_sent_at=None, failure="",
            ):  # fmt: skip
                self.refresh_from_db()
                raise self.answered_meanwhile()
            self.tell(verb, by=by)
        self.refresh_from_db()

    def check_may_leave(self, moment: datetime) -> None:
        """Refuses when something else than the network keeps it here."""

    def answered_meanwhile(self) -> Refused:
        told = {"state": self.get_state_display()}
        return Refused(_("Somebody, or the network, has answered meanwhile: it is “%(state)s”.") % told)

    def give_up(self, *, by: Any) -> None:
        """It does not leave, nor what follows it."""
        with transaction.atomic():
            states = [*self.CHANGEABLE, self.State.REFUSED, *([self.State.TO_CHECK] if self.by_hand else [])]
            stopped = self.siblings().filter(part__gte=self.part, state__in=states)
            if not stopped.update(state=self.State.CANCELLED, next_at=None):
                raise Refused(_("It has left, or may have: it cannot be given up."))
            self.tell("delivery.cancelled", by=by)
        self.refresh_from_db()


def proofs(prefix: str = "") -> list[models.BaseConstraint]:
    """What is said to be online bears its proof, and what may have left is frozen: the base refuses anything else."""
    sent = Q(frozen__isnull=False, sent_at__isnull=False)
    return [
        models.UniqueConstraint(
            fields=["account", "network_id"], condition=~Q(network_id=""), name=f"{prefix}an_object_online_is_one_row"
        ),
        models.CheckConstraint(
            condition=~Q(state="confirmed") | ~Q(network_id="") | ~Q(permalink=""), name=f"{prefix}what_is_online_has_a_proof"
        ),
        models.CheckConstraint(
            condition=~Q(state__in=["in_flight", "to_check"]) | sent, name=f"{prefix}what_may_have_left_is_frozen"
        ),
    ]  # fmt: skip
