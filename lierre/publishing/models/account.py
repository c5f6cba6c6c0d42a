"""An account that speaks for the institution on a network, connected or not: who owns it, who holds its keys."""

from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role, Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.sealing import Box

TOKENS: Final = Box("publishing.token")
# Four beats of whoever sends: one that is late takes nothing away.
LEASE: Final = timedelta(seconds=20)
# So many failures in a row before the first word: then a person is told, and the account is asked now and then.
PATIENCE: Final = 6
SHORTEST_WAIT: Final = timedelta(seconds=1)
LONGEST_WAIT: Final = timedelta(minutes=15)


class AccountQuerySet(models.QuerySet["Account"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def connected(self) -> Self:
        return self.living().exclude(sealed="")

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def without_their_owner(self) -> Self:
        """Whoever answered for them has left: they no longer sign in, or hold no role."""
        stays = Role.objects.in_force().filter(user=models.OuterRef("owner"), user__is_active=True)
        return self.living().filter(~models.Exists(stays), owner__isnull=False)

    def unheld(self, now: datetime) -> Self:
        """Nobody is speaking for them at this instant."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def free(self, now: datetime) -> Self:
        """Nobody is, and nothing keeps them quiet."""
        return self.living().unheld(now).filter(Q(quiet_until=None) | Q(quiet_until__lte=now), held="")

    def named(self, name: str) -> "Account":
        """By the name that commands use, or as its network calls it; refuses, with the names that exist."""
        found = self.filter(name=name).first() or self.living().filter(handle=name).first()
        if found is None:
            known = ", ".join(self.living().values_list("name", flat=True)[:20])
            raise Refused(_("No account is called %(name)s. Known: %(known)s.") % {"name": name, "known": known or "–"})
        return found


class Account(models.Model):
    """`held`: why nothing leaves ("" when it may). Nothing that waits is lost meanwhile."""

    class Status(models.TextChoices):
        OFFICIAL = "official", gettext_lazy("official")
        TOLERATED = "tolerated", gettext_lazy("tolerated")
        CLOSING = "closing", gettext_lazy("to close")

    class Held(models.TextChoices):
        NOT_HELD = "", gettext_lazy("sends")
        TOKEN = "token", gettext_lazy("the network no longer accepts its keys")
        SCOPE = "scope", gettext_lazy("its keys do not allow this")
        ROLE = "role", gettext_lazy("whoever connected it is no longer an administrator there")
        VERSION = "version", gettext_lazy("the network has changed and wants a newer connection")
        UNREACHABLE = "unreachable", gettext_lazy("the network does not answer")
        PERSON = "person", gettext_lazy("somebody asked for silence")

    name = models.CharField(gettext_lazy("short name"), max_length=100, unique=True)
    label = models.CharField(gettext_lazy("shown as"), max_length=120)
    network = models.CharField(gettext_lazy("network"), max_length=30)
    address = models.URLField(gettext_lazy("address"), max_length=300, blank=True)
    base_url = models.CharField(gettext_lazy("server"), max_length=300, blank=True)
    remote_id = models.CharField(max_length=200, blank=True, editable=False)
    handle = models.CharField(max_length=200, blank=True, editable=False)
    limits = models.JSONField(null=True, editable=False)  # as the server told them
    sealed = models.TextField(blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("answers for it"),
    )  # fmt: skip
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("when they are away"),
    )  # fmt: skip
    # Whose authorisation the keys stand on, and who gives theirs instead because the former one leaves.
    authorised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    purpose = models.CharField(gettext_lazy("what it is for"), max_length=300, blank=True)
    keys_held_by = models.CharField(gettext_lazy("who holds the keys"), max_length=200, blank=True)
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=Status, default=Status.TOLERATED)
    confirmed_on = models.DateField(gettext_lazy("confirmed on"), null=True, blank=True, editable=False)
    asked_on = models.DateField(null=True, editable=False)  # when its owner was last asked to confirm it
    declared_in = models.CharField(max_length=200, blank=True, editable=False)  # the list that it was read in
    doubt = models.CharField(max_length=20, blank=True, editable=False)  # what is wrong with its address, if anything
    visited_at = models.DateTimeField(null=True, editable=False)  # when its address was last tried
    dead_since = models.DateField(null=True, editable=False)  # since when its address leads nowhere
    archived_at = models.DateTimeField(null=True, editable=False)

    held_at = models.DateTimeField(null=True, editable=False)
    held = models.CharField(max_length=12, choices=Held, default="", blank=True, editable=False)
    said = models.CharField(max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row
    quiet_until = models.DateTimeField(null=True, editable=False)
    holder = models.CharField(max_length=60, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["network", "name"]
        verbose_name = gettext_lazy("account on a network")
        verbose_name_plural = gettext_lazy("accounts on networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "remote_id"], condition=~Q(remote_id=""), name="an_account_is_connected_once"
            ),
            models.CheckConstraint(
                condition=Q(holder="", lease_until=None) | (~Q(holder="") & Q(lease_until__isnull=False)),
                name="who_sends_for_an_account_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    def get_absolute_url(self) -> str:
        return reverse("publishing:account", args=[self.pk])

    @property
    def is_held(self) -> bool:
        return bool(self.held)

    @property
    def is_connected(self) -> bool:
        return bool(self.sealed)

    @property
    def secret(self) -> str:
        return TOKENS.unseal(self.sealed)

    def connect(self, secret: str, *, by: Any, **known: Any) -> None:
        """Keep the keys, sealed, and what the network said of the account. What was held for want of them resumes."""
        with transaction.atomic():
            self.write(
                authorised_by=by if isinstance(by, models.Model) else None,
                successor=None,
                sealed=TOKENS.seal(secret),
                held="",
                said="",
                failures=0,
                quiet_until=None,
                checked_at=timezone.now(),
                **known,
            )
            record("account.connected", self, by=by, network=self.network, address=self.address)

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
                record("account.held", self, by=by, why=said or str(self.Held(why).label))
        self.refresh_from_db()

    def release(self, *, by: Any, why: str = "") -> None:
        """What waits leaves again, in its order; what is too late is asked about."""
        with transaction.atomic():
            self.write(held="", said="", failures=0, quiet_until=None)
            record("account.released", self, by=by, why=why)

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
