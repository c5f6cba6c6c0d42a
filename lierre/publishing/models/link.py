"""A short link of our own: a code that leads to one address, made for a post on an account, or by hand for a poster."""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, Self

from django.db import models, transaction
from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.links.shortening import shortened, targets_in
from lierre.publishing.links.tagging import MOST, tagged
from lierre.publishing.links.targets import LONGEST, PREFIX, checked, short_address
from lierre.publishing.models.account import Account
from lierre.publishing.models.delivery import Delivery
from lierre.publishing.models.link_template import LinkTemplate
from lierre.publishing.models.mailing import Mailing
from lierre.publishing.models.post import Post

# No vowel, so that no code is a word; no sign that is taken for another when it is read aloud.
ALPHABET: Final = "bcdfghjkmnpqrstvwxz23456789"
LENGTH: Final = 7


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))


class LinkQuerySet(models.QuerySet["Link"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def saying(self, words: str) -> Self:
        """The whole short address does too, as it was copied."""
        code = words.rpartition("/")[2].lower()
        return self.filter(Q(label__icontains=words) | Q(target__icontains=words) | Q(code=code))

    def make(self, said: dict[str, Any], *, by: Any) -> "Link":
        """By hand: for a poster, a letter, a page. `said`: label, target, place, medium, campaign, unit."""
        target, tags = checked(said["target"]), {"source": said["place"], "medium": said["medium"]}
        template = LinkTemplate(**tags, campaign=said["campaign"])
        with transaction.atomic():
            link = self.create(
                label=said["label"], target=target, place=said["place"], unit=said["unit"],
                leads_to=tagged(target, template.said({})), fingerprint=fingerprint_of(target),
            )  # fmt: skip
            record("link.made", link, by=by, target=target)
        return link

    def shorten(self, post: Post, account: Account, parts: Sequence[str]) -> list[str]:
        """These texts with each address by its own link for this account, as the card has. Said again, the same ones."""
        targets = targets_in([*parts, post.link_url])
        if not targets:
            return list(parts)
        known = {link.target: link for link in self.filter(post=post, account=account)}
        tags = tags_of(post, account)
        for target in targets:
            fields = {"leads_to": tagged(target, tags), "label": post.title}
            if target not in known:
                known[target] = self.create(
                    post=post, account=account, unit=post.unit or account.unit, target=target,
                    fingerprint=fingerprint_of(target), **fields,
                )  # fmt: skip
            elif (
                any(getattr(known[target], name) != value for name, value in fields.items())
                and not known[target].is_out
            ):
                self.filter(pk=known[target].pk).update(**fields)
        short = {target: known[target].short for target in targets}
        return [shortened(part, short) for part in parts]

    def card_address(self, post: Post, account: Account) -> str:
        """Where the card of a post leads on this account."""
        if not (post.counts_links and post.link_url):
            return post.link_url
        prefetch_related_objects([post], "links")
        found = (link for link in post.links.all() if link.account_id == account.pk and link.target == post.link_url)
        return next((link.short for link in found), post.link_url)

    def forget_unsaid(self, post: Post) -> None:
        """While one writes, an address changes at each keystroke: a link that no row says any more never was."""
        links = list(self.filter(post=post))
        if not links:
            return
        said: dict[int, str] = {}
        for account_id, text in Delivery.objects.filter(post=post).values_list("account_id", "text"):
            said[account_id] = f"{said.get(account_id, '')}\n{text}"
        card = post.link_url if post.counts_links else ""
        unsaid = [
            each
            for each in links
            if f"{PREFIX}{each.code}" not in said.get(each.account_id or 0, "") and each.target != card
        ]
        self.filter(pk__in=[link.pk for link in unsaid if not link.is_out]).delete()


class Link(models.Model):
    """`target`: as it was written; `leads_to`: with what its site is told. Where a link of a post leads never changes."""

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    label = models.CharField(gettext_lazy("what it is for"), max_length=200)
    target = models.CharField(gettext_lazy("leads to"), max_length=LONGEST)
    leads_to = models.CharField(max_length=MOST)
    fingerprint = models.CharField(max_length=64, db_index=True)  # of the target: an address is too long for an index
    place = models.CharField(gettext_lazy("where it stands"), max_length=100, blank=True)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="links")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # One for all who receive it: nobody is followed.
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="links")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("short link")
        verbose_name_plural = gettext_lazy("short links")
        constraints = [
            models.UniqueConstraint(fields=["post", "account", "fingerprint"], name="one_link_of_an_address_on_an_account"),
            models.UniqueConstraint(fields=["mailing", "fingerprint"], name="one_link_of_an_address_in_a_mailing"),
            models.CheckConstraint(
                condition=Q(post=None, account=None) | Q(post__isnull=False, account__isnull=False),
                name="a_link_of_a_post_is_of_an_account",
            ),
            models.CheckConstraint(condition=Q(mailing=None) | Q(post=None), name="a_link_of_a_mailing_is_of_no_post"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or self.code

    def get_absolute_url(self) -> str:
        return reverse("publishing:link", args=[self.pk])

    @property
    def short(self) -> str:
        return short_address(self.code)

    @property
    def bare(self) -> str:
        """As it is read aloud, or printed under its square."""
        return self.short.partition("://")[2]

    @property
    def is_out(self) -> bool:
        """Whether somebody may hold it already."""
        if self.post_id is None:
            return True
        rows = Delivery.objects.filter(post=self.post_id, account=self.account_id)
        return rows.exclude(state__in=[*Delivery.CHANGEABLE, Delivery.State.REFUSED, Delivery.State.CANCELLED]).exists()

    def archive(self, *, by: Any) -> None:
        """Whoever opens it is told that it is closed. Its figures are kept."""
        self.move(timezone.now(), "link.archived", _("It is in the archive already."), by=by)

    def bring_back(self, *, by: Any) -> None:
        """It leads again where it led."""
        self.move(None, "link.brought_back", _("It leads somewhere already."), by=by)

    def move(self, archived_at: Any, verb: str, refusal: str, *, by: Any) -> None:
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk, archived_at__isnull=archived_at is not None)
            if not rows.update(archived_at=archived_at):
                raise Refused(refusal)
            record(verb, self, by=by)
        self.refresh_from_db(fields=["archived_at"])


def tags_of(post: Post, account: Account) -> dict[str, str]:
    """What the site is told of whoever comes from this post on this account."""
    unit = post.unit or account.unit
    values = {
        "network": account.network, "account": account.name, "campaign": post.campaign,
        "unit": unit.code if unit else "", "post": post.pk,
    }  # fmt: skip
    return LinkTemplate.objects.for_unit(unit).said(values)


def fingerprint_of(target: str) -> str:
    return sha256(target.encode()).hexdigest()
