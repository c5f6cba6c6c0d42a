"""Somebody goes to a network to let us speak for an account, and comes back once, with a code, to the session they left."""

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.foundation.sealing import Box
from lierre.publishing.models.account import Account

ALIVE: Final = timedelta(minutes=20)
SECRETS: Final = Box("publishing.opening")
Kind = TypeVar("Kind", bound=models.Model)


class OpeningQuerySet(models.QuerySet[Kind]):
    def alive(self) -> Self:
        return self.filter(made_at__gt=timezone.now() - ALIVE, done_at=None)

    def over(self) -> Self:
        """What is left of them opens nothing any more."""
        return self.filter(made_at__lte=timezone.now() - ALIVE)

    def of(self, user: Any, session: str) -> Self:
        """Those that this person began, in this very session."""
        return self.alive().filter(user=user, session=digest(session)).select_related("account")


class Going(models.Model):
    """`sealed`: our registration there and the proof that we began; then the accounts that were opened, until one is chosen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64, unique=True)
    sealed = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    back_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    if TYPE_CHECKING:
        objects: Any
        account: Any
        account_id: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.account)

    @property
    def secret(self) -> str:
        return SECRETS.unseal(self.sealed)

    def come_back(self) -> bool:
        """Once: whoever sends the same code again is too late."""
        now = timezone.now()
        return bool(type(self).objects.alive().filter(pk=self.pk, back_at=None).update(back_at=now))

    def keep(self, secret: str) -> None:
        self.sealed = SECRETS.seal(secret)
        type(self).objects.filter(pk=self.pk).update(sealed=self.sealed)

    def finish(self) -> bool:
        """Nothing that was opened is kept here any more. False when somebody finished it before."""
        return bool(type(self).objects.alive().filter(pk=self.pk).update(done_at=timezone.now(), sealed=""))


class Opening(Going):
    """Of an account of the institution."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="openings")

    objects = OpeningQuerySet["Opening"].as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = gettext_lazy("opening of an account")
        verbose_name_plural = gettext_lazy("openings of accounts")


def digest(session: str) -> str:
    return sha256(session.encode()).hexdigest()
