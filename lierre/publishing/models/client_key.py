"""The keys by which this instance proves who it is to servers that know it by its address (connectors/bluesky/client.py)."""

from typing import ClassVar, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.connectors.bluesky.proofs import new_key
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.sealing import Box

OWN: Final = Box("publishing.client_key")


class ClientKeyQuerySet(models.QuerySet["ClientKey"]):
    def texts(self) -> list[str]:
        """The newest first. The first time, and when none can be read any more, one is made."""
        return [text for each in self if (text := each.text)] or [self.make().text]

    def make(self) -> "ClientKey":
        with transaction.atomic():
            made = self.create(sealed=OWN.seal(new_key()))
            record("client_key.made", made, by="outbox")
        return made


class ClientKey(models.Model):
    """A session over there goes on with the key that it was opened with: none is thrown away."""

    sealed = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = ClientKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = gettext_lazy("key of this instance")
        verbose_name_plural = gettext_lazy("keys of this instance")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def text(self) -> str:
        """ "" when the secret of the instance has changed since, and the former one is not told."""
        try:
            return OWN.unseal(self.sealed)
        except Refused:
            return ""
