"""The outbox: one row for each post, account and part. The row is the queue, and says the truth whatever was killed."""

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from lierre.publishing.models.account import Account
from lierre.publishing.models.departure import Departure, proofs
from lierre.publishing.models.embargo import refuse_under_embargo
from lierre.publishing.models.post import Post
from lierre.publishing.models.queue import DeliveryQuerySet


class Delivery(Departure):
    """Of the institution. Its road from a claim to a proof: `departure.py`."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="deliveries")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("delivery")
        verbose_name_plural = gettext_lazy("outbox")
        constraints = [
            models.UniqueConstraint(fields=["post", "account", "part"], name="one_row_for_each_part"),
            *proofs(),
        ]
        indexes = [
            models.Index(fields=["account", "next_at"], name="publishing_due_for_an_account"),
            models.Index(fields=["next_at"], name="publishing_due"),
            models.Index(fields=["state", "due_at"], name="publishing_in_this_state"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("publishing:delivery", args=[self.pk])

    def check_may_leave(self, moment: datetime) -> None:
        refuse_under_embargo(self.post, moment)


def hash_of(text: str) -> str:
    """
    SHA-256 of a text as its author meant it, before any network's own spelling.

    >>> hash_of("Bonjour")[:12]
    '9172e8eec99f'
    """
    return sha256(text.encode()).hexdigest()
