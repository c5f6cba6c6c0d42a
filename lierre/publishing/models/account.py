"""An account that speaks for the institution on a network, connected or not: who owns it, who holds its keys."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role, Unit
from lierre.foundation.errors import Refused
from lierre.publishing.models.voice import Voice, VoiceQuerySet, whole_lease


class AccountQuerySet(VoiceQuerySet["Account"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def without_their_owner(self) -> Self:
        """Whoever answered for them has left: they no longer sign in, or hold no role."""
        stays = Role.objects.in_force().filter(user=models.OuterRef("owner"), user__is_active=True)
        return self.living().filter(~models.Exists(stays), owner__isnull=False)

    def named(self, name: str) -> "Account":
        """By the name that commands use, or as its network calls it; refuses, with the names that exist."""
        found = self.filter(name=name).first() or self.living().filter(handle=name).first()
        if found is None:
            known = ", ".join(self.living().values_list("name", flat=True)[:20])
            raise Refused(_("No account is called %(name)s. Known: %(known)s.") % {"name": name, "known": known or "–"})
        return found


class Account(Voice):
    """One row of the register, connected or not. What may be sent with it, and how it is kept quiet: `voice.py`."""

    class Status(models.TextChoices):
        OFFICIAL = "official", gettext_lazy("official")
        TOLERATED = "tolerated", gettext_lazy("tolerated")
        CLOSING = "closing", gettext_lazy("to close")

    name = models.CharField(gettext_lazy("short name"), max_length=100, unique=True)
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

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["network", "name"]
        verbose_name = gettext_lazy("account on a network")
        verbose_name_plural = gettext_lazy("accounts on networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "remote_id"], condition=~Q(remote_id=""), name="an_account_is_connected_once"
            ),
            whole_lease("who_sends_for_an_account_has_a_lease"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("publishing:account", args=[self.pk])

    def connect(self, secret: str, *, by: Any, **known: Any) -> None:
        """From now on its keys stand on the authorisation of whoever opened it."""
        known |= {"authorised_by": by if isinstance(by, models.Model) else None, "successor": None}
        super().connect(secret, by=by, **known)
