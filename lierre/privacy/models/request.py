"""Someone uses a right: to know, to correct, to be erased, to object, to restrict, to take away. It has a deadline."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.periods import months_later
from lierre.people.models import Person
from lierre.privacy.deadlines import ANSWER_MONTHS, BETWEEN_REMINDERS, MORE_MONTHS, SOON

OPEN: Final = ("received", "identified")
SALT: Final = "lierre.privacy.request"
FOLLOWED: Final = timedelta(days=365)


class RequestQuerySet(models.QuerySet["Request"]):
    def still_open(self) -> Self:
        return self.filter(state__in=OPEN)

    def settled(self) -> Self:
        return self.exclude(state__in=OPEN)

    def settled_before(self, day: date) -> Self:
        return self.settled().filter(settled_on__lt=day)

    def late(self) -> Self:
        return self.still_open().filter(due_on__lt=timezone.localdate())

    def pressing(self) -> Self:
        """Due within a week or late, and nobody was reminded of it these three days."""
        today = timezone.localdate()
        lately = Q(reminded_on__gt=today - BETWEEN_REMINDERS)
        return self.still_open().filter(due_on__lte=today + SOON).exclude(lately).order_by("due_on")

    def objecting(self, person_ids: Collection[int]) -> Self:
        """Objections and restrictions of these persons that are being handled."""
        return self.still_open().filter(person__in=person_ids, right__in=["objection", "restriction"])

    def given_to(self, user: Any) -> Self:
        return self.filter(handler=user.pk)

    def followed_by(self, token: str) -> "Request":
        """The request that a link leads to."""
        try:
            number = signing.loads(token, salt=SALT, max_age=FOLLOWED)
        except signing.BadSignature:
            raise Refused(_("This link is not one of ours, or it has expired. Write to us again.")) from None
        found = self.filter(pk=number).first()
        if found is None:
            raise Refused(_("This request is no longer kept."))
        return found


class Request(models.Model):
    """What was asked stays until it is erased with the person; that it was answered in time stays in the journal."""

    class Right(models.TextChoices):
        ACCESS = "access", gettext_lazy("access: know what is held of me")
        RECTIFICATION = "rectification", gettext_lazy("rectification: correct what is wrong")
        ERASURE = "erasure", gettext_lazy("erasure: be forgotten")
        OBJECTION = "objection", gettext_lazy("objection: no longer be written to")
        RESTRICTION = "restriction", gettext_lazy("restriction: freeze the use of my data")
        PORTABILITY = "portability", gettext_lazy("portability: take my data away")

    class State(models.TextChoices):
        RECEIVED = "received", gettext_lazy("identity to check")
        IDENTIFIED = "identified", gettext_lazy("to answer")
        ANSWERED = "answered", gettext_lazy("answered")
        REFUSED = "refused", gettext_lazy("refused, with the reason")

    class Proof(models.TextChoices):
        ACCOUNT = "account", gettext_lazy("signed in with their account")
        ADDRESS = "address", gettext_lazy("wrote from an address that we hold")
        CALLED = "called", gettext_lazy("called back on a number that we hold")
        DOCUMENT = "document", gettext_lazy("showed a document, which is not kept")
        MET = "met", gettext_lazy("met in person")

    right = models.CharField(gettext_lazy("right"), max_length=13, choices=Right)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.RECEIVED)
    name = models.CharField(gettext_lazy("name"), max_length=150, blank=True)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    clue = models.CharField(gettext_lazy("what helps to find them"), max_length=200, blank=True)
    message = models.TextField(gettext_lazy("what is asked"), max_length=4_000, blank=True)
    received_on = models.DateField(gettext_lazy("received on"), default=timezone.localdate)
    due_on = models.DateField(gettext_lazy("to be answered before"))
    extended_because = models.CharField(gettext_lazy("why it takes longer"), max_length=500, blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="requests")
    proof = models.CharField(gettext_lazy("identity"), max_length=8, choices=Proof, blank=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, editable=False)  # the day somebody was last reminded of the deadline
    settled_on = models.DateField(gettext_lazy("settled on"), null=True, blank=True)
    answer = models.TextField(gettext_lazy("answer"), max_length=4_000, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("request of rights")
        verbose_name_plural = gettext_lazy("requests of rights")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN, settled_on=None)
                | Q(state__in=["answered", "refused"], settled_on__isnull=False),
                name="a_settled_request_has_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return _("request no. %(number)d") % {"number": self.pk or 0}

    def get_absolute_url(self) -> str:
        return reverse("privacy:request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def urgency(self) -> str:
        """ "late" past the deadline, "soon" in the last week, else ""."""
        if not self.is_open:
            return ""
        left = self.due_on - timezone.localdate()
        return "late" if left < timedelta() else "soon" if left <= SOON else ""

    @property
    def right_alone(self) -> str:
        return str(self.get_right_display()).partition(":")[0].strip()

    @property
    def token(self) -> str:
        """What lets whoever asked follow the answer, without an account."""
        return signing.dumps(self.pk, salt=SALT)

    @classmethod
    def receive(
        cls, right: str, *, name: str, email: str, by: Any, message: str = "", clue: str = "",
        received_on: date | None = None, person: Person | None = None,
    ) -> "Request":  # fmt: skip
        """The month begins. A person who is signed in has proved who they are."""
        day = received_on or timezone.localdate()
        with transaction.atomic():
            asked = cls.objects.create(
                right=right, name=name, email=email, message=message, clue=clue, received_on=day,
                due_on=months_later(day, ANSWER_MONTHS), person=person,
                state=cls.State.IDENTIFIED if person else cls.State.RECEIVED,
                proof=cls.Proof.ACCOUNT if person else "",
            )  # fmt: skip
            record("request.received", asked, by=by, right=right, due=str(asked.due_on))
        return asked

    def identify(self, person: Person, proof: str, *, by: Any) -> None:
        """Say who asks, and how that was checked. Nothing may be given before."""
        if proof not in self.Proof.values:
            raise Refused(_("Say how the identity was checked."))
        self.move("request.identified", by=by, of=str(person.public_id), proof=proof, person=person, state="identified")

    def give_to(self, user: Any, *, by: Any) -> None:
        """Somebody answers for it."""
        self.move("request.given", by=by, handler=user, to=str(user))

    def extend(self, *, by: Any, reason: str) -> None:
        """Two months more, once, when it is complex. The person is told why within the first month."""
        if not reason.strip():
            raise Refused(_("Say why it takes longer: the person must be told."))
        if self.extended_because:
            raise Refused(_("The deadline was moved already: the law allows it once."))
        if timezone.localdate() > self.due_on:
            raise Refused(_("The first month has passed: the deadline may no longer be moved. Answer now."))
        due = months_later(self.received_on, ANSWER_MONTHS + MORE_MONTHS)
        self.move("request.extended", by=by, why=reason, due_on=due, extended_because=reason, until=str(due))

    def settle(self, *, by: Any, answer: str, refused: bool = False) -> None:
        """Close it with what was answered."""
        if not answer.strip():
            raise Refused(_("Write what was answered: it is what proves that the right was respected."))
        if not self.is_open:
            raise Refused(_("This request is settled already."))
        if not refused and self.state != self.State.IDENTIFIED:
            raise Refused(_("Check who asks before anything is given."))
        state = self.State.REFUSED if refused else self.State.ANSWERED
        in_time = timezone.localdate() <= self.due_on
        self.move(
            f"request.{state}", by=by, state=state, settled_on=timezone.localdate(), answer=answer, in_time=in_time,
            right=self.right,
        )  # fmt: skip

    def settle_erased(self, *, by: Any) -> None:
        """Whoever asked is gone: what stays is that they were erased, and when."""
        in_time = timezone.localdate() <= self.due_on
        self.forget()
        self.move(
            "request.answered", by=by, state=self.State.ANSWERED, settled_on=timezone.localdate(), in_time=in_time,
            right=self.right,
        )  # fmt: skip

    def forget(self) -> None:
        """Keep that a right was used and respected; not by whom."""
        self.name = self.email = self.clue = self.message = self.answer = self.extended_because = ""
        self.person = None
        self.save()

    def move(self, verb: str, *, by: Any, why: str = "", **values: Any) -> None:
        """Change the fields named; the other values only go to the journal, which never holds what the person wrote."""
        fields = {name for name in values if name in {field.name for field in self._meta.fields}}
        told = {
            name: value
            for name, value in values.items()
            if name not in {"answer", "extended_because", "person", "handler"}
        }
        with transaction.atomic():
            if not Request.objects.still_open().select_for_update().filter(pk=self.pk).exists():
                raise Refused(_("This request is settled already."))
            for name in fields:
                setattr(self, name, values[name])
            self.save(update_fields=sorted(fields))
            record(verb, self, by=by, why=why, **{name: str(value) for name, value in told.items()})
