"""One person to whom a mailing goes: frozen before it leaves, so that each receives it once, whatever is killed."""

import hmac
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.connectors.mail import ReturnPath
from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.publishing.models.mailing import Mailing

SALT: Final = "lierre.publishing.recipient"


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def waiting(self) -> Self:
        return self.filter(state=Recipient.State.WAITING)

    def uncertain(self) -> Self:
        return self.filter(state=Recipient.State.UNCERTAIN)

    def unfinished(self) -> Self:
        return self.filter(state__in=[Recipient.State.WAITING, Recipient.State.CLAIMED, Recipient.State.LEAVING])

    def by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(Count("pk")))

    def for_link(self, token: str) -> "Recipient":
        """Whose link it is. One that is not ours and one that is forgotten are not told apart."""
        number, _dash, _mark = token.partition("-")
        found = (
            self.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
        )
        if found is None or not hmac.compare_digest(token.encode(), found.token.encode()):
            raise Refused(gettext("This link is not one of ours. Copy it whole from the message you received."))
        return found

    def marked(self, token: str) -> "Recipient | None":
        """To whom the message went that comes back, or is complained about."""
        number = return_path().number_of(token)
        return self.filter(pk=number).select_related("mailing", "person").first() if number else None


class Recipient(models.Model):
    """`said`: why it was not sent, or what the server answered. `left_at`: when it was about to be handed over, last."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        CLAIMED = "claimed", _("about to leave")
        LEAVING = "leaving", _("being handed over")
        TAKEN = "taken", _("taken by the mail server")
        UNCERTAIN = "uncertain", _("handed over, no answer known")
        REFUSED = "refused", _("refused by the mail server")
        DROPPED = "dropped", _("set aside before it left")
        CANCELLED = "cancelled", _("cancelled")

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    address = models.CharField(max_length=400)
    domain = models.CharField(max_length=255)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=60, blank=True)
    left_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)
    bounced = models.CharField(max_length=4, blank=True, choices=[("hard", _("for ever")), ("soft", _("for now"))])
    unsubscribed_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("recipient of a mailing")
        verbose_name_plural = _("recipients of mailings")
        constraints = [
            models.UniqueConstraint(fields=["mailing", "person"], name="a_mailing_once_for_a_person"),
            models.UniqueConstraint(fields=["mailing", "address"], name="a_mailing_once_for_an_address"),
            models.CheckConstraint(
                condition=~Q(state__in=["leaving", "taken", "uncertain"]) | Q(left_at__isnull=False),
                name="what_leaves_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mailing", "id"],
                condition=Q(state__in=["waiting", "claimed", "leaving"]),
                name="mailing_to_send",
            ),
            models.Index(fields=["left_at"], condition=Q(left_at__isnull=False), name="mailing_left_lately"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def token(self) -> str:
        """Made again whenever it is needed: whoever reads the base without the key of the house can open no link."""
        return f"{self.pk}-{salted_hmac(SALT, str(self.pk), algorithm='sha256').hexdigest()[:24]}"

    @property
    def stop_link(self) -> str:
        return str(settings.ADDRESS) + reverse("publishing:unsubscribe", args=[self.token])

    @property
    def message_id(self) -> str:
        """Decided before anything leaves, the same at every attempt: what a relay logged can be recognised."""
        box, _at, domain = return_path().of(self.pk).partition("@")
        return f"<lettre+{box.rpartition('+')[2]}@{domain}>"


def return_path() -> ReturnPath:
    """A secret of its own: a mark of another domain of the house is never taken for one of these."""
    return ReturnPath(settings.BOUNCES_ADDRESS or bare_sender(), b"mailing " + settings.SECRET_KEY.encode())


def bare_sender() -> str:
    """The address that mail comes from, without a name."""
    written: Any = settings.DEFAULT_FROM_EMAIL
    return str(written.rpartition("<")[2].rstrip("> ") if "<" in written else written)
