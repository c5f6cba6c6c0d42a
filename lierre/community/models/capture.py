"""What somebody left at their ceremony: an address of their own, to be confirmed, and what they agree to."""

from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.community.models.ceremony import Ceremony
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Claim, Person

LINK_LIFE: Final = timedelta(days=14)
LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 6
KEPT: Final = timedelta(days=120)  # a claim may wait for staff, and its link three days more
SALT: Final = "lierre.community.capture"


class CaptureQuerySet(models.QuerySet["Capture"]):
    def due(self) -> Self:
        """Those whose message must leave by now."""
        return self.filter(state__in=["received", "sent"], due_at__lte=timezone.now()).order_by("due_at")

    def recognised(self) -> Self:
        """Their address answers, and by now it is known who they are."""
        return self.filter(Q(person__isnull=False) | Q(claim__state="linked"), state="confirmed")

    def to_forget(self) -> Self:
        return self.filter(at__lt=timezone.now() - KEPT)

    def for_link(self, token: str) -> "Capture":
        try:
            number = signing.loads(token, salt=SALT, max_age=LINK_LIFE)
        except (signing.BadSignature, ValueError, TypeError):
            raise Refused(_("This link is not one of ours, or it has expired. Scan the poster again.")) from None
        found = self.filter(pk=number).select_related("ceremony", "person", "claim").first()
        if found is None or found.state == Capture.State.DROPPED:
            raise Refused(_("What you had left is not here any more. Scan the poster again."))
        return found


class Capture(models.Model):
    """The row is the queue. `said`: purpose → the words that were agreed to, kept until it is known who speaks."""

    class State(models.TextChoices):
        RECEIVED = "received", gettext_lazy("the message leaves")
        SENT = "sent", gettext_lazy("to be confirmed")
        CONFIRMED = "confirmed", gettext_lazy("confirmed")
        KEPT = "kept", gettext_lazy("in the record")
        DROPPED = "dropped", gettext_lazy("not sent")

    ceremony = models.ForeignKey(Ceremony, models.CASCADE, related_name="captures")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="captures")
    claim = models.ForeignKey(Claim, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(gettext_lazy("personal e-mail"))
    said = models.JSONField(default=dict)
    state = models.CharField(gettext_lazy("state"), max_length=9, choices=State, default=State.RECEIVED)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = gettext_lazy("address left at a ceremony")
        verbose_name_plural = gettext_lazy("addresses left at ceremonies")
        indexes: ClassVar = [models.Index(fields=["state", "due_at"]), models.Index(fields=["email", "at"])]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def link(self) -> str:
        return settings.ADDRESS + reverse("community:confirm_capture", args=[signing.dumps(self.pk, salt=SALT)])

    def claim_turn(self) -> bool:
        """Take it for two minutes. False when another worker took it first."""
        held = Capture.objects.filter(pk=self.pk, state=self.state, due_at=self.due_at)
        return held.update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1

    def leave(self) -> None:
        Capture.objects.filter(pk=self.pk, state="received").update(state="sent")

    def arrive(self) -> None:
        Capture.objects.filter(pk=self.pk, state="sent").update(due_at=None)

    def come_back(self) -> None:
        """The server did not take it: later, later each time."""
        again = timezone.now() + timedelta(minutes=2 ** (self.attempts + 1))
        due = again if self.attempts < MOST_ATTEMPTS else None
        Capture.objects.filter(pk=self.pk, state="sent").update(due_at=due)

    def drop(self, *, by: Any) -> None:
        self.move(["received"], "dropped", verb="capture.dropped", by=by)

    def confirm(self, *, by: Any) -> bool:
        """The address answers. False when it had already."""
        try:
            self.move(["received", "sent"], "confirmed", verb="capture.confirmed", by=by)
        except Refused:
            return False
        return True

    def settle(self, *, by: Any) -> None:
        """All is in the record: nothing is left to be kept here, but the number of the ceremony."""
        self.move(["confirmed"], "kept", verb="capture.kept", by=by, said={})

    def move(self, before: list[str], after: str, *, verb: str, by: Any, **values: Any) -> None:
        with transaction.atomic():
            held = Capture.objects.filter(pk=self.pk, state__in=before)
            if not held.update(state=after, due_at=None, **values):
                raise Refused(_("This was settled already."))
            self.refresh_from_db()
            record(verb, self.person or self.ceremony, by=by, capture=self.pk)
