"""A way to reach somebody that a classmate proposes: an address, written to once, destroyed unless its holder says yes."""

from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Person

SALT: Final = "lierre.community.proposal"
LIFE: Final = timedelta(days=30)
LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 5
MOST_TRIES: Final = 3  # to say who one is
KEPT: Final = timedelta(days=365)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def due(self) -> Self:
        return self.filter(state="waiting", send_at__lte=timezone.now()).order_by("send_at")

    def pending(self) -> Self:
        """Those whose answer is not known yet."""
        return self.filter(state__in=["waiting", "leaving", "sent"])

    def reported(self) -> Self:
        return self.filter(reported_at__isnull=False, handled_at=None)

    def unanswered(self) -> Self:
        """Their time is over: the address goes. So does what was cut off while leaving, and never told what became of it."""
        return self.filter(state__in=["leaving", "sent"], expires_at__lte=timezone.now())

    def to_forget(self) -> Self:
        return self.exclude(state__in=["waiting", "leaving", "sent"]).filter(at__lt=timezone.now() - KEPT)

    def for_link(self, token: str) -> "Proposal":
        found = self.filter(token_hash=sha256(token.encode()).hexdigest()).select_related("person__account").first()
        if found is None:
            raise Refused(_("This link is not one of ours. Copy it whole from the message you received."))
        return found


class Proposal(models.Model):
    """`mark`: of the address, made with the key of the house, so that it is written to once. `proposer` never learns more."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("about to leave")
        LEAVING = "leaving", gettext_lazy("leaving")
        SENT = "sent", gettext_lazy("sent")
        ACCEPTED = "accepted", gettext_lazy("they said yes")
        REFUSED = "refused", gettext_lazy("they said no")
        SILENCED = "silenced", gettext_lazy("they asked for silence")
        EXPIRED = "expired", gettext_lazy("no answer")
        DROPPED = "dropped", gettext_lazy("not sent")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    proposer = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(blank=True)
    mark = models.CharField(max_length=32)
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State, default=State.WAITING)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("way to reach somebody")
        verbose_name_plural = gettext_lazy("ways to reach people")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "mark"], name="an_address_is_proposed_once"),
            models.CheckConstraint(
                condition=Q(address="") | Q(state__in=["waiting", "leaving", "sent"]), name="an_address_does_not_stay"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["mark", "at"]), models.Index(fields=["proposer", "at"])]

    def __str__(self) -> str:
        return self.get_state_display()

    @classmethod
    def keep(cls, person: Person, address: str, mark: str, *, proposer: Person, by: Any) -> Self:
        """Written down. The journal says that a way was proposed: neither which, nor to reach whom."""
        kept = cls(person=person, proposer=proposer, address=address, mark=mark, nonce=get_random_string(16))
        kept.token_hash = sha256(kept.token.encode()).hexdigest()
        with transaction.atomic():
            kept.save(force_insert=True)
            record("way.proposed", kept, by=by)
        return kept

    @property
    def token(self) -> str:
        """Made again when it is needed: whoever reads the base without the key of the house can open no link."""
        return self.nonce + salted_hmac(SALT, self.nonce, algorithm="sha256").hexdigest()[:20]

    @property
    def link(self) -> str:
        return settings.ADDRESS + reverse("community:found", args=[self.token])

    @property
    def is_open(self) -> bool:
        return self.state in {"leaving", "sent"} and (self.expires_at is None or self.expires_at > timezone.now())

    def claim(self) -> bool:
        """Take it for two minutes. False when another worker took it first."""
        seen = Proposal.objects.due().filter(pk=self.pk, send_at=self.send_at).order_by()
        return seen.update(send_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1

    def leave(self) -> None:
        """From here on nobody sends it again, whatever happens to whoever is sending it."""
        held = Proposal.objects.filter(pk=self.pk, state="waiting")
        if not held.update(state="leaving", send_at=None, expires_at=timezone.now() + LIFE):
            raise Refused(_("It was stopped meanwhile."))

    def arrive(self) -> None:
        Proposal.objects.filter(pk=self.pk, state="leaving").update(state="sent")

    def put_off(self, why: str) -> None:
        self.refresh_from_db(fields=["attempts"])
        if self.attempts >= MOST_ATTEMPTS:
            self.end(self.State.DROPPED, by="community.reaching", failure=why)
            return
        again = timezone.now() + timedelta(minutes=2**self.attempts)
        held = Proposal.objects.filter(pk=self.pk, state__in=["waiting", "leaving"])
        held.update(state="waiting", send_at=again, expires_at=None, failure=why[:300])

    def end(self, state: "Proposal.State", *, by: Any, failure: str = "") -> None:
        """The address goes in the same gesture, whatever the answer: it is in the record, or nowhere."""
        with transaction.atomic():
            held = Proposal.objects.pending().filter(pk=self.pk)
            if not held.update(state=state, address="", send_at=None, failure=failure[:300]):
                raise Refused(_("This was answered already."))
            self.refresh_from_db()
            record(f"way.{state}", self, by=by)

    def miss(self) -> int:
        """What they said of themselves is not what we know. Answers how many tries are left."""
        Proposal.objects.filter(pk=self.pk).update(tries=F("tries") + 1)
        self.refresh_from_db(fields=["tries"])
        return max(0, MOST_TRIES - self.tries)

    def report(self, *, by: Any) -> None:
        """Whoever received it says that it is abuse. The office reads who proposed it, not to whom it went."""
        with transaction.atomic():
            if Proposal.objects.filter(pk=self.pk, reported_at=None).update(reported_at=timezone.now()):
                record("way.reported", self, by=by)

    def handle(self, *, by: Any) -> None:
        with transaction.atomic():
            if not Proposal.objects.reported().filter(pk=self.pk).update(handled_at=timezone.now()):
                raise Refused(_("This report was closed already."))
            record("way.handled", self, by=by)


class Silence(models.Model):
    """An address whose holder asked never to be written to by this way. Only its mark is kept."""

    mark = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("address that asked for silence")
        verbose_name_plural = gettext_lazy("addresses that asked for silence")

    def __str__(self) -> str:
        return self.mark


class Barring(models.Model):
    """Somebody who may propose no more ways to reach others: the office decided so after a report."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("bar to proposing")
        verbose_name_plural = gettext_lazy("bars to proposing")

    def __str__(self) -> str:
        return str(self.person)
