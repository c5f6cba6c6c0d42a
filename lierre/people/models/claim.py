"""Somebody says that a record is theirs: proven by an address we hold, or judged by staff with the evidence side by side."""

from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models.person import Person

LINK_LIFE: Final = timedelta(days=3)
LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 6
KEPT: Final = timedelta(days=30)
SALT: Final = "lierre.people.claim"
# What was said to be recognised: it goes as soon as it has served.
EVIDENCE: Final = ("given", "family", "year", "degree", "born", "number")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def due(self) -> Self:
        """Those that the machine must do something about by now."""
        return self.filter(state__in=["received", "pending", "accepted", "sent"], due_at__lte=timezone.now()).order_by(
            "due_at"
        )

    def to_judge(self) -> Self:
        return self.filter(state="pending")

    def over(self) -> Self:
        return self.filter(state__in=["linked", "refused", "dropped"])

    def lately(self, span: timedelta) -> Self:
        return self.filter(asked_at__gt=timezone.now() - span)

    def to_forget(self) -> Self:
        """Links that nobody followed, and what was settled a month ago."""
        old = Q(settled_at__lt=timezone.now() - KEPT)
        return self.filter(old | Q(state="sent", expires_at__lt=timezone.now() - KEPT))

    def for_link(self, token: str) -> "Claim":
        """The claim that a link leads to. Refused when it is false, was used, or is too old."""
        try:
            number, turn = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            raise Refused(_("This link is not one of ours. Copy it whole from the message you received.")) from None
        claim = self.filter(pk=number, turn=turn).select_related("person__account").first()
        if claim is None or claim.state != Claim.State.SENT or claim.person is None:
            raise Refused(_("This link was used already, or a newer one replaced it. Sign in, or ask again."))
        if claim.expires_at is None or claim.expires_at < timezone.now():
            raise Refused(_("This link has expired. Ask for another one: it takes a minute."))
        return claim


class Claim(models.Model):
    """The row is the queue: whoever asks gets their answer before anything is looked up, so it tells nothing."""

    class Way(models.TextChoices):
        ADDRESS = "address", gettext_lazy("by an address that we hold")
        NUMBER = "number", gettext_lazy("by name, class, birth and a number")

    class State(models.TextChoices):
        RECEIVED = "received", gettext_lazy("received")
        PENDING = "pending", gettext_lazy("to judge")
        ACCEPTED = "accepted", gettext_lazy("accepted, the link is leaving")
        SENT = "sent", gettext_lazy("the link has left")
        LINKED = "linked", gettext_lazy("the account is open")
        REFUSED = "refused", gettext_lazy("refused")
        DROPPED = "dropped", gettext_lazy("nothing was found")

    way = models.CharField(gettext_lazy("way"), max_length=8, choices=Way)
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State, default=State.RECEIVED)
    email = models.EmailField(gettext_lazy("e-mail"))
    given = models.CharField(gettext_lazy("given name"), max_length=100, blank=True)
    family = models.CharField(gettext_lazy("family name"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(gettext_lazy("class"), null=True, blank=True)
    degree = models.CharField(gettext_lazy("degree"), max_length=200, blank=True)
    born = models.CharField(gettext_lazy("date of birth"), max_length=10, blank=True)
    number = models.CharField(gettext_lazy("number"), max_length=20, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="claims")
    vouched = models.BooleanField(gettext_lazy("vouched for"), default=False)
    reason = models.CharField(gettext_lazy("reason"), max_length=500, blank=True)
    judged_by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=0)  # each link that leaves makes the former ones void
    expires_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("claim of a record")
        verbose_name_plural = gettext_lazy("claims of records")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "pending", "dropped", "refused"]) | Q(person__isnull=False),
                name="a_link_leads_to_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"]), models.Index(fields=["email"])]

    def __str__(self) -> str:
        return _("claim no. %(number)d") % {"number": self.pk or 0}

    def get_absolute_url(self) -> str:
        return reverse("people:claim", args=[self.pk])

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.turn], salt=SALT)

    @classmethod
    def receive(cls, way: str, *, email: str, by: Any, **evidence: Any) -> "Claim":
        """Write it down. Nothing is looked up: the answer that follows is the same for everybody, and as quick."""
        with transaction.atomic():
            claim = cls.objects.create(way=way, email=email.lower(), **evidence)
            record("claim.received", claim, by=by, way=way)
        return claim

    def claim(self) -> bool:
        """Take it for two minutes. False when another worker took it first."""
        again = timezone.now() + LEASE
        same = Claim.objects.filter(pk=self.pk, state=self.state, due_at=self.due_at)
        return same.update(due_at=again, attempts=F("attempts") + 1) == 1

    def hand_over(self) -> None:
        """To staff, who judge."""
        self.move("received", "pending", due_at=None)

    def hand_back(self) -> None:
        """What delegates of the class said was not enough: staff judges, as before."""
        Claim.objects.to_judge().filter(pk=self.pk).update(due_at=None)

    def drop(self, *, by: Any) -> None:
        """Nobody, or asked too often. Whoever asked is told nothing, and what they said goes."""
        self.move("received", "dropped", verb="claim.dropped", by=by, settles=True)

    def recognise(self, person: Person, *, by: Any) -> None:
        """The address is one that we hold: the link leaves for it."""
        self.move("received", "accepted", verb="claim.recognised", by=by, person=person, due_at=timezone.now())

    def accept(self, person: Person, *, by: Any, reason: str, vouched: bool) -> None:
        """Staff is sure, or vouches for them and says how. The link leaves for the address they gave."""
        if not reason.strip():
            raise Refused(_("Say what convinced you: the next reader will ask."))
        if person.died:
            raise Refused(_("As far as is known, %(person)s has died: correct that first.") % {"person": person})
        if person.account_id:
            raise Refused(_("An account is open for %(person)s already: nothing is opened twice.") % {"person": person})
        self.move(
            "pending", "accepted", verb="claim.vouched" if vouched else "claim.accepted", by=by, why=reason, person=person,
            vouched=vouched, reason=reason, judged_by=str(by), due_at=timezone.now(), attempts=0,
        )  # fmt: skip

    def refuse(self, *, by: Any, reason: str) -> None:
        """Nothing is sent: a refusal would tell that there is something to find."""
        if not reason.strip():
            raise Refused(_("Say why: the next reader will ask."))
        self.move("pending", "refused", verb="claim.refused", by=by, why=reason, judged_by=str(by), settles=True)

    def leave(self) -> None:
        """Its link opens from now on, and is about to leave; should we die, it leaves again when the lease is over."""
        self.move("accepted", "sent", turn=self.turn + 1, expires_at=timezone.now() + LINK_LIFE)

    def arrive(self) -> None:
        Claim.objects.filter(pk=self.pk, state="sent").update(due_at=None)

    def come_back(self) -> None:
        """The server did not take it: try again later, later each time."""
        wait = timedelta(minutes=2**self.attempts)
        due = timezone.now() + wait if self.attempts < MOST_ATTEMPTS else None
        Claim.objects.filter(pk=self.pk, state="sent").update(due_at=due)

    def close(self, *, by: Any) -> None:
        """The account is open: the link is used."""
        self.move("sent", "linked", verb="claim.proven", by=by, settles=True)

    def move(
        self,
        before: str,
        after: str,
        *,
        verb: str = "",
        by: Any = None,
        why: str = "",
        settles: bool = False,
        **values: Any,
    ) -> None:
        """From one state to another, once. Settled, it keeps nothing of what was said."""
        if settles:
            values |= {"settled_at": timezone.now(), "due_at": None, **dict.fromkeys(EVIDENCE, ""), "year": None}
        with transaction.atomic():
            if not Claim.objects.filter(pk=self.pk, state=before).update(state=after, **values):
                raise Refused(_("This claim was settled already."))
            self.refresh_from_db()
            if verb:
                record(verb, self, by=by, why=why, **({"of": self.person.public_id} if self.person else {}))
