"""A token: what a machine shows to be let in. It never opens more than its owner may see, and is shown once."""

import secrets
import time
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.facts import SOURCE_KINDS
from lierre.people.models import Source

PREFIX: Final = "lierre_"
LONGEST_LIFE: Final = timedelta(days=366)
WINDOW: Final = 60  # seconds
RATE: Final = 600  # requests in a window
# A machine is neither the person nor staff: it may not borrow their voice.
VOICES: Final = {
    kind: label for kind, label in SOURCE_KINDS.items() if kind in {"school", "platform", "survey", "third"}
}


class TokenQuerySet(models.QuerySet["Token"]):
    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user.pk)

    def alive(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), owner__is_active=True)

    def presented(self, text: str) -> "Token | None":
        """The living token that reads so."""
        return self.alive().filter(digest=digest_of(text)).select_related("owner", "source").first()


class Token(models.Model):
    """`digest` is the hash of the text. `window` and `spent` count the requests of the present minute."""

    name = models.CharField(gettext_lazy("name"), max_length=60, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=16, editable=False)
    scopes = models.JSONField(default=list)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    window = models.BigIntegerField(default=0, editable=False)
    spent = models.PositiveIntegerField(default=0, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("token")
        verbose_name_plural = gettext_lazy("tokens")

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """Who acted, for the journal and the records: a machine, and whoever let it in."""
        return f"API {self.name} ({self.owner})"

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "revoked"
        if self.expires_at <= timezone.now():
            return "expired"
        return "alive" if self.owner.is_active else "orphan"

    @classmethod
    def make(
        cls, name: str, scopes: Collection[str], *, by: Any, days: int = 90, voice: str = "third"
    ) -> "tuple[Token, str]":
        """The token, and its text, which nobody can read again. `by` is its owner."""
        from lierre.interchange.scopes import in_force

        if not scopes or in_force(scopes, by) != list(scopes):
            raise Refused(_("Choose what this machine may do, among what you may do yourself."))
        if not timedelta(0) < timedelta(days=days) <= LONGEST_LIFE:
            raise Refused(_("A token lives for a year at most: choose a nearer end."))
        text = PREFIX + secrets.token_urlsafe(32)
        try:
            with transaction.atomic():
                token = cls.objects.create(
                    name=name, owner=by, digest=digest_of(text), hint=f"{text[:11]}…", scopes=list(scopes),
                    source=voice_of(name, voice) if "persons:write" in scopes else None,
                    expires_at=timezone.now() + timedelta(days=days),
                )  # fmt: skip
                record("token.made", token, by=by, scopes=list(scopes), until=token.expires_at.date().isoformat())
        except IntegrityError:
            raise Refused(_("Another machine bears this name, or bore it: choose another one.")) from None
        return token, text

    def revoke(self, *, by: Any) -> None:
        """It opens nothing from now on. The row stays: what the machine did must be explained later."""
        with transaction.atomic():
            mine = type(self).objects.filter(pk=self.pk, revoked_at=None)
            if not mine.update(revoked_at=timezone.now()):
                raise Refused(_("This token was taken back already."))
            record("token.revoked", self, by=by)

    def spend(self) -> int:
        """Count one request. Answers how many are left in this minute: below zero, this one is too many."""
        window = self.present_window()
        mine, used = type(self).objects.filter(pk=self.pk), {"last_used_at": timezone.now()}
        if mine.exclude(window=window).update(window=window, spent=1, **used):
            return RATE - 1
        # Another request may have opened this minute just before.
        if mine.filter(window=window, spent__lt=RATE).update(spent=F("spent") + 1, **used):
            return RATE - (self.spent + 1 if self.window == window else 1)
        return -1

    @staticmethod
    def present_window() -> int:
        return int(time.time()) // WINDOW

    @staticmethod
    def until_next_window() -> int:
        return WINDOW - int(time.time()) % WINDOW


def digest_of(text: str) -> str:
    """256 bits drawn at random need no slow hash."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def voice_of(name: str, kind: str) -> Source:
    """The source that this machine speaks as: of its own, so that what it says can be told apart and taken back."""
    if kind not in VOICES:
        raise Refused(_("Say as what this machine speaks."))
    return Source.objects.create(name=f"API {name}", kind=kind, siglum="A")
