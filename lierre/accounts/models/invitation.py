"""An invitation to sign in: an address, the role that waits there, and a signed link that lives for a while."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models.role import Role
from lierre.accounts.models.unit import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

if TYPE_CHECKING:
    from lierre.accounts.models.user import User

LIFE: Final = timedelta(days=14)
A_DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 200
MOST_MAILS: Final = 5
MOST_ATTEMPTS: Final = 6
BETWEEN_MAILS: Final = timedelta(minutes=10)
LEASE: Final = timedelta(minutes=2)
SALT: Final = "lierre.accounts.invitation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def pending(self) -> Self:
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def expired(self) -> Self:
        return self.unanswered().filter(expires_at__lte=timezone.now())

    def accepted(self) -> Self:
        return self.exclude(accepted_at=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None)

    def to_send(self) -> Self:
        """Those whose message should have left by now."""
        return self.pending().filter(send_at__lte=timezone.now()).order_by("send_at")

    def finished_before(self, moment: datetime) -> Self:
        return self.filter(Q(accepted_at__lt=moment) | Q(withdrawn_at__lt=moment) | Q(expires_at__lt=moment))

    def for_link(self, token: str) -> "Invitation":
        """The invitation that a link leads to. Refused when the link is false, or was replaced by a newer one."""
        try:
            number, turn = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            raise Refused(_("This link is not one of ours. Copy it whole from the message you received.")) from None
        invitation = self.filter(pk=number).select_related("unit", "invited_by").first()
        if invitation is None or invitation.turn != turn:
            raise Refused(_("A newer invitation replaced this one: use the link of the last message."))
        return invitation


class Invitation(models.Model):
    """The row is the queue: `send_at` says when the message is due, and is empty once it has left."""

    email = models.EmailField(gettext_lazy("e-mail"))
    kind = models.CharField(gettext_lazy("role"), max_length=20, choices=Role.Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations", verbose_name=gettext_lazy("unit"))
    until = models.DateField(gettext_lazy("last day of the role"), null=True, blank=True)
    message = models.TextField(gettext_lazy("message"), max_length=1_000, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_made", editable=False
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    turn = models.PositiveSmallIntegerField(default=1, editable=False)  # each new link makes the former ones void
    send_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    failure = models.CharField(max_length=300, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_accepted", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("invitation")
        verbose_name_plural = gettext_lazy("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "unit",
                "kind",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_invitation_waits",
                violation_error_message=gettext_lazy(
                    "This person is already invited to this role: send the invitation again from the list."
                ),
            ),
        ]
        indexes = [models.Index(fields=["send_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.unit}"

    @property
    def state(self) -> str:
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "pending" if self.expires_at > timezone.now() else "expired"

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.turn], salt=SALT)

    @classmethod
    def invite(
        cls, email: str, kind: str, unit: Unit, *, by: "User", message: str = "", **role: object
    ) -> "Invitation":
        """Write the invitation down; the message leaves within a minute."""
        if not unit.is_open:
            raise Refused(_("%(unit)s is closed: no role can be held there.") % {"unit": unit})
        if email.lower() == by.email.lower():
            raise Refused(_("Nobody gives a role to themselves: ask someone else who may."))
        with transaction.atomic():
            today = cls.objects.filter(invited_by=by, invited_at__gt=timezone.now() - A_DAY).count()
            if today >= MOST_A_DAY:
                raise Refused(
                    _("You have invited %(count)d persons since yesterday. Go on tomorrow.") % {"count": today}
                )
            expires = timezone.now() + LIFE
            invitation = cls.objects.create(
                email=email.lower(), kind=kind, unit=unit, invited_by=by, message=message, expires_at=expires, **role
            )
            invitation.write("invitation.made", by=by)
        return invitation

    def send_again(self, *, by: "User") -> None:
        """A new link, alive for as long as the first; the former one no longer opens anything."""
        if self.state not in {"pending", "expired"}:
            raise Refused(_("This invitation was answered or withdrawn: make a new one."))
        if self.turn >= MOST_MAILS:
            raise Refused(_("It was sent %(count)d times already. Ask this person another way.") % {"count": self.turn})
        if self.sent_at and self.sent_at > timezone.now() - BETWEEN_MAILS:
            raise Refused(_("The last message left a few minutes ago. Wait a little before sending it again."))
        with transaction.atomic():
            self.turn, self.attempts, self.failure = self.turn + 1, 0, ""
            self.send_at, self.expires_at = timezone.now(), timezone.now() + LIFE
            self.save(update_fields=["turn", "attempts", "failure", "send_at", "expires_at"])
            self.write("invitation.sent_again", by=by)

    def withdraw(self, *, by: "User | str") -> None:
        """The link no longer opens anything."""
        with transaction.atomic():
            changed = (
                Invitation.objects.unanswered().filter(pk=self.pk).update(withdrawn_at=timezone.now(), send_at=None)
            )
            if not changed:
                raise Refused(_("This invitation was answered or withdrawn already."))
            self.write("invitation.withdrawn", by=by)

    def accept(self, *, name: str = "", password: str = "", user: "User | None" = None) -> "User":
        """Open the account, or take the one that answers, and give it the role."""
        self.check_alive()
        with transaction.atomic():
            taken = Invitation.objects.pending().filter(pk=self.pk, turn=self.turn)
            if not taken.update(accepted_at=timezone.now(), send_at=None):
                raise Refused(_("This invitation was answered or withdrawn already."))
            if user is None:
                user = get_user_model().objects.create_user(self.email, password, name=name)
                record("user.created", user, by=user, invitation=self.pk)
            assert self.invited_by is not None
            Role.give(user, self.kind, self.unit, by=self.invited_by, why=_("invitation accepted"), until=self.until)
            Invitation.objects.filter(pk=self.pk).update(accepted_by=user)
            self.write("invitation.accepted", by=user)
        return user

    def check_alive(self) -> None:
        """Refuse, and say what to do, when the link no longer opens anything."""
        if self.state == "accepted":
            raise Refused(_("This invitation was already accepted: sign in."))
        if self.state == "withdrawn":
            raise Refused(_("This invitation was withdrawn. Ask whoever invited you."))
        if self.state == "expired":
            raise Refused(_("This invitation has expired. Ask whoever invited you to send it again."))
        if self.invited_by is None or not self.invited_by.is_active:
            raise Refused(_("Whoever invited you no longer works here. Ask the institution to invite you again."))

    def claim(self) -> bool:
        """Take this message for two minutes. False when another worker took it first."""
        again = timezone.now() + LEASE
        return (
            Invitation.objects.pending()
            .filter(pk=self.pk, send_at=self.send_at, turn=self.turn)
            .update(send_at=again, attempts=F("attempts") + 1)
            == 1
        )

    def mark_sent(self) -> None:
        Invitation.objects.filter(pk=self.pk, turn=self.turn).update(send_at=None, sent_at=timezone.now(), failure="")

    def mark_failed(self, why: str) -> None:
        """Try again later, later each time; after the last attempt the list shows why it could not leave."""
        self.refresh_from_db(fields=["attempts"])
        wait = timedelta(minutes=2**self.attempts)
        send_at = timezone.now() + wait if self.attempts < MOST_ATTEMPTS else None
        Invitation.objects.filter(pk=self.pk, turn=self.turn).update(send_at=send_at, failure=why[:300])

    def write(self, verb: str, *, by: "User | str") -> None:
        """The journal outlives the invitation: it keeps no address of people who never came."""
        record(verb, self, by=by, role=self.kind, unit=self.unit.code)
