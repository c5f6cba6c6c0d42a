"""What speaks on a network: an account of the institution, or somebody’s own; whether it is open, and why it is quiet."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.foundation.sealing import Box

TOKENS: Final = Box("publishing.token")
# Four beats of whoever sends: one that is late takes nothing away.
LEASE: Final = timedelta(seconds=20)
# So many failures in a row before the first word: then a person is told, and the account is asked now and then.
PATIENCE: Final = 6
SHORTEST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(minutes=15)
Kind = TypeVar("Kind", bound=models.Model)


class Held(models.TextChoices):
    NOT_HELD = "", gettext_lazy("sends")
    TOKEN = "token", gettext_lazy("the network no longer accepts its keys")
    SCOPE = "scope", gettext_lazy("its keys do not allow this")
    ROLE = "role", gettext_lazy("whoever connected it is no longer an administrator there")
    VERSION = "version", gettext_lazy("the network has changed and wants a newer connection")
    UNREACHABLE = "unreachable", gettext_lazy("the network does not answer")
    PERSON = "person", gettext_lazy("somebody asked for silence")


class VoiceQuerySet(models.QuerySet[Kind]):
    def living(self) -> Self:
        """Those that may still speak."""
        return self.all()

    def connected(self) -> Self:
        return self.living().exclude(sealed="")

    def unheld(self, now: datetime) -> Self:
        """Nobody is speaking for them at this instant. A lease that ends too late was written before a clock was set back."""
        over = Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)
        return self.filter(Q(lease_until=None) | over)

    def spoken_for_by(self, holder: str) -> Self:
        return self.filter(holder=holder, lease_until__gt=timezone.now())

    def free(self, now: datetime) -> Self:
        """Nobody is, and nothing keeps them quiet."""
        return self.living().unheld(now).filter(Q(quiet_until=None) | Q(quiet_until__lte=now), held="")

    def hushed(self, now: datetime) -> Self:
        """Their network asked for silence: nothing is said, what is in doubt may be read."""
        return self.living().unheld(now).filter(quiet_until__gt=now, held="")


class Voice(models.Model):
    """`held`: why nothing leaves ("" when it may). Nothing that waits is lost meanwhile."""

    Held = Held

    label = models.CharField(gettext_lazy("shown as"), max_length=120)
    network = models.CharField(gettext_lazy("network"), max_length=30)
    address = models.URLField(gettext_lazy("address"), max_length=300, blank=True)
    base_url = models.CharField(gettext_lazy("server"), max_length=300, blank=True)
    remote_id = models.CharField(max_length=200, blank=True, editable=False)
    handle = models.CharField(max_length=200, blank=True, editable=False)
    limits = models.JSONField(null=True, editable=False)  # as the server told them
    sealed = models.TextField(blank=True, editable=False)
    reads_only = models.BooleanField(default=False, editable=False)  # its keys let figures be read, nothing be written
    expires_at = models.DateTimeField(null=True, blank=True)

    held_at = models.DateTimeField(null=True, editable=False)
    held = models.CharField(max_length=12, choices=Held, default="", blank=True, editable=False)
    said = models.CharField(max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row
    quiet_until = models.DateTimeField(null=True, editable=False)
    holder = models.CharField(max_length=60, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:
        objects: Any
        name: Any
        deliveries: Any
        openings: Any
    is_personal = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label or str(self.name)

    if TYPE_CHECKING:

        def get_absolute_url(self) -> str: ...

    @property
    def is_held(self) -> bool:
        return bool(self.held)

    @property
    def is_connected(self) -> bool:
        return bool(self.sealed)

    @property
    def writes(self) -> bool:
        """Posts leave by themselves; else somebody publishes them by hand."""
        return self.is_connected and not self.reads_only

    @property
    def secret(self) -> str:
        return TOKENS.unseal(self.sealed)

    def could_be(self, remote_id: str) -> bool:
        """Whether this account over there is of the kind that this one is."""
        return bool(remote_id)

    def connect(self, secret: str, *, by: Any, **known: Any) -> None:
        """Keep the keys, sealed, and what the network said of the account. What was held for want of them resumes."""
        with transaction.atomic():
            self.write(
                sealed=TOKENS.seal(secret),
                held="",
                said="",
                failures=0,
                quiet_until=None,
                checked_at=timezone.now(),
                **known,
            )
            self.tell("account.connected", by=by, network=self.network, address=self.address)

    def renew(self, secret: str, expires_at: datetime | None = None) -> None:
        """Other keys that the network gave by itself."""
        self.write(sealed=TOKENS.seal(secret), expires_at=expires_at)

    def hold(self, why: str, said: str = "", *, by: Any) -> None:
        """Nothing leaves until somebody, or the network, says otherwise. What waits stays."""
        with transaction.atomic():
            if (
                type(self)
                .objects.filter(pk=self.pk)
                .exclude(held=why)
                .update(held=why, said=said[:300], held_at=timezone.now())
            ):
                self.tell("account.held", by=by, why=said or str(self.Held(why).label))
        self.refresh_from_db()

    def release(self, *, by: Any, why: str = "") -> None:
        """What waits leaves again, in its order; what is too late is asked about."""
        with transaction.atomic():
            self.write(held="", said="", failures=0, quiet_until=None)
            self.tell("account.released", by=by, why=why)

    def tell(self, verb: str, *, by: Any, why: str = "", **details: Any) -> None:
        """In the journal, in the transaction of what it tells."""
        record(verb, self, by=by, why=why, **details)

    def claim(self, holder: str) -> bool:
        """Be the only one to speak for it, for some seconds. False when somebody else does."""
        now = timezone.now()
        mine = type(self).objects.filter(pk=self.pk).unheld(now)
        return bool(mine.update(holder=holder, lease_until=now + LEASE))

    def leave(self, holder: str) -> None:
        type(self).objects.filter(pk=self.pk, holder=holder).update(holder="", lease_until=None)

    def went_well(self) -> None:
        if self.failures or self.quiet_until:
            self.write(failures=0, quiet_until=None)

    def went_badly(self, until: datetime | None, wait: timedelta, said: str) -> None:
        """Say nothing for a while: until the network says, else longer and longer; then tell a person."""
        self.write(failures=F("failures") + 1, quiet_until=until or timezone.now() + wait)
        if self.failures >= PATIENCE and until is None:
            self.hold(self.Held.UNREACHABLE, said, by="outbox")

    def write(self, **fields: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(**fields)
        self.refresh_from_db()


def whole_lease(name: str) -> models.CheckConstraint:
    """Who speaks for an account does so for some seconds, or nobody does."""
    nobody, somebody = Q(holder="", lease_until=None), ~Q(holder="") & Q(lease_until__isnull=False)
    return models.CheckConstraint(condition=nobody | somebody, name=name)
