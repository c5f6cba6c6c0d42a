"""One question to one person, by a link that opens nothing else. The row is the queue of what is to be sent."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.community.models.campaign import Campaign
from lierre.community.models.candidate import Kind
from lierre.foundation.errors import Refused
from lierre.people.models import Person

LIFE: Final = timedelta(days=60)
EDITABLE: Final = timedelta(days=14)  # after the first answer
LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 6
SALT: Final = "lierre.community.ask"


class AskQuerySet(models.QuerySet["Ask"]):
    def waiting(self) -> Self:
        return self.filter(state=Ask.State.WAITING)

    def due(self) -> Self:
        """Those whose message should have left by now."""
        sent = self.waiting().filter(send_at__lte=timezone.now(), campaign__state=Campaign.State.SENDING)
        return sent.order_by("send_at", "pk")

    def pending(self) -> Self:
        """Whoever was asked, or will be, and has not answered yet: they are not asked again meanwhile."""
        left = Q(state__in=[Ask.State.LEAVING, Ask.State.SENT], expires_at__gt=timezone.now())
        return self.filter(left | Q(state=Ask.State.WAITING))

    def for_link(self, token: str) -> "Ask":
        """The question that a link leads to. One that is not ours and one that was revoked are not told apart."""
        digest = sha256(token.encode()).hexdigest()
        ask = self.filter(token_hash=digest, state__in=Ask.OPENED).select_related("person", "campaign").first()
        if ask is None or not hmac.compare_digest(token, ask.token):
            raise Refused(gettext("This link asks nothing any more. If your situation has changed, write to us."))
        return ask


class Ask(models.Model):
    """`about` is what was known when it was asked, as a record says it; `wording`, the question as it was read."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to leave")
        LEAVING = "leaving", _("handed over, not acknowledged")
        SENT = "sent", _("sent")
        ANSWERED = "answered", _("answered")
        STOPPED = "stopped", _("asked not to be asked any more")
        BOUNCED = "bounced", _("came back")
        DROPPED = "dropped", _("not sent")

    class Answer(models.TextChoices):
        SAME = "same", _("nothing has changed")
        CHANGED = "changed", _("it has changed")
        STOP = "stop", _("do not ask any more")

    OPENED: Final = (State.LEAVING, State.SENT, State.ANSWERED, State.STOPPED, State.BOUNCED)

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")  # erased with them: the link opens nothing
    kind = models.CharField(max_length=5, choices=Kind)
    about = models.JSONField(default=dict)
    wording = models.CharField(max_length=400)
    channel = models.CharField(max_length=7, default="email")
    address = models.CharField(max_length=400)
    domain = models.CharField(max_length=255, db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    send_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    left_at = models.DateTimeField(null=True)  # handed over to the mail server, or about to be
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    record_id = models.BigIntegerField(null=True)  # what the answer became
    contact_id = models.BigIntegerField(null=True)  # where privacy keeps that they were written to
    soft_returns = models.PositiveSmallIntegerField(default=0)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        indexes = [
            models.Index(fields=["send_at"], condition=Q(state="waiting"), name="community_asks_to_send"),
            models.Index(fields=["person"], name="community_asks_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["waiting", "leaving"]), name="one_question_waits_for_a_person"
            ),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="an_answer_has_its_day"),
        ]

    def __str__(self) -> str:
        return self.wording

    @classmethod
    def ready(cls, nonce: str, **fields: Any) -> "Ask":
        """Not saved yet: its link is made of a number drawn at random, and only the mark of it is kept."""
        ask = cls(nonce=nonce, domain=fields["address"].rpartition("@")[2].lower(), **fields)
        ask.token_hash = sha256(ask.token.encode()).hexdigest()
        return ask

    @property
    def token(self) -> str:
        """Made again whenever it is needed: whoever reads the base without the key of the house can open no link."""
        return self.nonce + salted_hmac(SALT, self.nonce, algorithm="sha256").hexdigest()[:20]

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, or answered otherwise."""
        end = self.answered_at + EDITABLE if self.answered_at else self.expires_at
        return end is None or end > timezone.now()

    @property
    def open_until(self) -> datetime | None:
        return self.answered_at + EDITABLE if self.answered_at else self.expires_at

    def check_open(self) -> None:
        if not self.is_open:
            raise Refused(gettext("This link asks nothing any more. If your situation has changed, write to us."))

    def claim(self) -> bool:
        """Take this message for two minutes. False when another worker took it first."""
        seen = Ask.objects.due().filter(pk=self.pk, send_at=self.send_at).order_by()
        return seen.update(send_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1

    def leave(self, contact_id: int | None) -> None:
        """Write down that it is leaving: from here on nobody sends it again. Refused when it was stopped meanwhile."""
        now = timezone.now()
        held = Ask.objects.waiting().filter(pk=self.pk, campaign__state=Campaign.State.SENDING)
        if not held.update(
            state=Ask.State.LEAVING, left_at=now, expires_at=now + LIFE, send_at=None, contact_id=contact_id
        ):
            raise Refused(gettext("It was stopped meanwhile."))

    def arrive(self) -> None:
        """The server took it. An answer may have been quicker than this line."""
        left = Ask.objects.filter(pk=self.pk, state=Ask.State.LEAVING)
        left.update(state=Ask.State.SENT, sent_at=timezone.now(), failure="")

    def put_off(self, why: str) -> None:
        """Try again later, later each time; after the last attempt it stays with its reason."""
        self.refresh_from_db(fields=["attempts"])
        if self.attempts >= MOST_ATTEMPTS:
            self.drop(why)
            return
        again = timezone.now() + timedelta(minutes=2**self.attempts)
        held = Ask.objects.filter(pk=self.pk, state__in=[Ask.State.WAITING, Ask.State.LEAVING])
        held.update(state=Ask.State.WAITING, send_at=again, failure=why[:300], left_at=None, contact_id=None)

    def drop(self, why: str) -> None:
        """It will not leave."""
        held = Ask.objects.filter(pk=self.pk, state__in=[Ask.State.WAITING, Ask.State.LEAVING])
        held.update(state=Ask.State.DROPPED, send_at=None, failure=why[:300], left_at=None, contact_id=None)

    def keep_answer(self, answer: "Ask.Answer", *, record_id: int | None) -> None:
        """The day of the first answer stays: the link lives a fortnight after it, not for ever."""
        with transaction.atomic():
            state = Ask.State.STOPPED if answer == Ask.Answer.STOP else Ask.State.ANSWERED
            self.answer, self.state, self.record_id = answer, state, record_id
            self.answered_at = self.answered_at or timezone.now()
            self.save(update_fields=["answer", "state", "record_id", "answered_at"])

    @property
    def link(self) -> str:
        return settings.ADDRESS + reverse("community:answer", args=[self.token])
