"""A post on one account: it says what the post says until somebody writes otherwise here."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery, hash_of
from lierre.publishing.models.link import Link
from lierre.publishing.models.post import Post, joined
from lierre.publishing.models.queue import DeliveryQuerySet


class VariantManager(models.Manager["Variant"]):
    """With their account: nothing is said of the one without the other."""

    def get_queryset(self) -> models.QuerySet["Variant"]:
        return super().get_queryset().select_related("account")


class Variant(models.Model):
    """`own`: the parts written for this account alone; None as long as it follows the common text."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="variants")
    account = models.ForeignKey(Account, models.PROTECT, related_name="variants")
    own = models.JSONField(_("text"), null=True, blank=True)

    objects = VariantManager()

    class Meta:
        ordering = ["account__network", "account__name"]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        constraints = [models.UniqueConstraint(fields=["post", "account"], name="one_variant_per_account")]

    def __str__(self) -> str:
        return f"{self.post}, {self.account}"

    @property
    def follows(self) -> bool:
        return self.own is None

    @property
    def parts(self) -> list[str]:
        found: Any = self.post.parts if self.own is None else self.own
        return list(found)

    @property
    def text(self) -> str:
        return joined(self.parts)

    @property
    def due_at(self) -> datetime | None:
        return self.post.due_at

    def as_it_leaves(self) -> list[str]:
        """Its parts, with short links in the place of addresses where somebody chose so."""
        return Link.objects.shorten(self.post, self.account, self.parts) if self.post.counts_links else self.parts

    def lay_out(self) -> None:
        """The rows of the outbox say what the text says. Those that have begun to leave are not touched."""
        with transaction.atomic():
            rows = {row.part: row for row in self.rows()}
            for part, text in enumerate(self.as_it_leaves()):
                fields = {"text": text, "text_hash": hash_of(text)}
                if part not in rows:
                    fresh = {"due_at": self.post.due_at, "part": part}
                    Delivery.objects.create(post=self.post, account=self.account, **fields, **fresh)
                elif rows[part].text != text:
                    Delivery.objects.filter(pk=rows[part].pk).changeable().update(**fields)
                    # What the network refused, said otherwise, is something new.
                    refused = Delivery.objects.filter(pk=rows[part].pk, state=Delivery.State.REFUSED)
                    refused.update(**fields, state=Delivery.State.DRAFT, key=uuid4(), frozen=None, failure="")
            self.rows().changeable().filter(part__gte=len(self.parts)).delete()

    @property
    def has_left(self) -> bool:
        """Whether something of it is, or may be, online: what it says is then what was said."""
        settled = [*Delivery.CHANGEABLE, Delivery.State.REFUSED, Delivery.State.CANCELLED]
        return self.rows().exclude(state__in=settled).exists()

    def rows(self) -> DeliveryQuerySet:
        return Delivery.objects.filter(Q(post=self.post) & Q(account=self.account))
