"""What the institution says on its official accounts, as a feed that anybody follows without an account anywhere."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lierre.accounts.models import Unit
from lierre.connectors.feeds import Entry, Feed
from lierre.connectors.network.text import addresses, tags
from lierre.publishing.models import Account, Delivery, Link
from lierre.publishing.models.post import title_of
from lierre.publishing.models.queue import DeliveryQuerySet

MOST: Final = 30
# A post is often on several accounts: so many rows are looked at to find thirty posts.
ROWS: Final = 300
BETWEEN: Final = "\n\n"


def published(form: str, unit: Unit | None = None) -> Feed:
    """`form`: "atom" or "rss". Only what is known to be online, in the very words that left: never those of a draft."""
    with translation.override(settings.LANGUAGE_CODE):
        name = str(unit) if unit else settings.INSTITUTION
        of_unit = f"?unite={unit.code}" if unit else ""
        return Feed(
            id=f"tag:{urlsplit(settings.ADDRESS).hostname},2026:publications{of_unit}",
            title=_("%(name)s on its networks") % {"name": name},
            address=settings.ADDRESS + reverse(f"publishing:{form}") + of_unit,
            site=settings.ADDRESS + reverse("publishing:official"), author=name, language=settings.LANGUAGE_CODE,
            description=_("What its official accounts say, in the order in which it was said."),
            entries=tuple(entry(rows) for rows in threads(unit)),
        )  # fmt: skip


def online(unit: Unit | None) -> DeliveryQuerySet:
    official = Account.objects.living().filter(status=Account.Status.OFFICIAL)
    if unit is not None:
        official = official.filter(unit__path__startswith=unit.path)
    told = Delivery.objects.filter(state=Delivery.State.CONFIRMED, due_at__isnull=False)
    return told.filter(account__in=official.values("pk"))


def threads(unit: Unit | None) -> list[list[Delivery]]:
    """Each post once, as the first of its accounts said it, all the messages of the thread together. Two questions."""
    firsts: dict[int, Delivery] = {}
    lately = online(unit).filter(part=0).order_by("-due_at", "-pk")
    for row in lately.only("post_id", "account_id", "confirmed_at", "due_at")[:ROWS]:
        known = firsts.get(row.post_id)
        if known is None or since(row) < since(known):
            firsts[row.post_id] = row
    chosen = {(row.post_id, row.account_id): list[Delivery]() for row in list(firsts.values())[:MOST]}
    rows = online(unit).filter(post__in=[post for post, _account in chosen]).select_related("post", "account__unit")
    for row in rows.prefetch_related("post__links").order_by("part"):
        if (row.post_id, row.account_id) in chosen:
            chosen[row.post_id, row.account_id].append(row)
    return [found for found in chosen.values() if found]


def since(row: Delivery) -> tuple[datetime, int]:
    """Its time, where the network told nothing else."""
    at = row.confirmed_at or row.due_at
    assert at is not None
    return at, row.pk


def entry(rows: list[Delivery]) -> Entry:
    first, texts = rows[0], [whole(row) for row in rows]
    post = first.post
    text = BETWEEN.join(texts)
    link = post.link_url or next((each.text for each in addresses(text)), "") or first.permalink
    return Entry(
        id=f"tag:{urlsplit(settings.ADDRESS).hostname},2026:publication-{post.pk}", title=title_of(texts) or str(first.account),
        text=text, link=link or settings.ADDRESS + reverse("publishing:official"), published_at=since(first)[0],
        author=str(first.account.unit or settings.INSTITUTION), language=post.language,
        subjects=tuple(dict.fromkeys(each.text for each in tags(text))),
    )  # fmt: skip


def whole(row: Delivery) -> str:
    """With the addresses as they were written: the clicks of a feed are not those of the network it was said on."""
    return plain(row.text, row.post.links.all())


def plain(text: str, links: Iterable[Link]) -> str:
    for link in links:
        text = text.replace(link.short, link.target)
    return text
