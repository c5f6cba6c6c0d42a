"""The account of an ambassador, connected by themselves: theirs alone. No register, list or figure of the house shows it."""

from datetime import timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.publishing.models.ambassador import Ambassador
from lierre.publishing.models.notice import Notice
from lierre.publishing.models.voice import Voice, VoiceQuerySet, whole_lease

# Where a person may connect an account of theirs; elsewhere they copy their text.
NETWORKS: Final = ("mastodon", "bluesky", "linkedin")
PAGES: Final = "urn:li:organization"
# Somebody who went to a network and did not come back left a row without keys.
BEGUN: Final = timedelta(days=1)


class OwnAccountQuerySet(VoiceQuerySet["OwnAccount"]):
    def living(self) -> Self:
        """Of somebody who still holds the role: from the day they do not, nothing leaves."""
        return self.filter(ambassador__in=Ambassador.objects.with_their_role().values("pk"))

    def of(self, who: Ambassador) -> Self:
        return self.filter(ambassador=who)

    def of_user(self, user: Any) -> Self:
        return self.filter(ambassador__user=user.pk)

    def without_their_role(self) -> Self:
        return self.exclude(pk__in=self.living().values("pk"))

    def given_up(self) -> Self:
        """Begun and never opened."""
        return self.filter(sealed="", begun_at__lt=timezone.now() - BEGUN)


class OwnAccount(Voice):
    """`words`: those that were read before it was connected. Nothing of it is in the journal but that somebody did it."""

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="accounts")
    words = models.TextField(max_length=1_000)
    begun_at = models.DateTimeField(default=timezone.now)
    is_personal = True

    objects = OwnAccountQuerySet.as_manager()

    class Meta:
        ordering = ["network"]
        verbose_name = gettext_lazy("account of one’s own")
        verbose_name_plural = gettext_lazy("accounts of one’s own")
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "network"], name="one_own_account_on_a_network"),
            whole_lease("who_sends_for_an_own_account_has_a_lease"),
        ]

    @property
    def name(self) -> str:
        return self.handle or self.network

    def get_absolute_url(self) -> str:
        return reverse("publishing:own_accounts")

    def could_be(self, remote_id: str) -> bool:
        """A page of an institution is nobody’s own."""
        return bool(remote_id) and not remote_id.startswith(PAGES)

    def tell(self, verb: str, *, by: Any, why: str = "", **details: Any) -> None:
        """That they connected one stands in the journal, not which. What goes wrong is told to them, and to nobody else."""
        del why, details
        user = self.ambassador.user
        if verb == "account.connected":
            record("ambassador.account_connected", user, by=by)
        elif verb == "account.held":
            with translation.override(user.language or settings.LANGUAGE_CODE):
                write_to(
                    user,
                    _("Your account no longer answers"),
                    _("What you asked to publish there waits, and is not lost."),
                )


def write_to(user: Any, subject: str, words: str) -> None:
    """By mail, and on their page: the same link."""
    address = settings.ADDRESS + reverse("publishing:own_accounts")
    body = "\n\n".join([words, address, settings.INSTITUTION])
    Notice.objects.create(to=user, subject=subject, body=f"{body}\n")
