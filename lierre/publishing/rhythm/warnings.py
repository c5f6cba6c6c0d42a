"""What is said of the time of a post before anybody approves it: embargoes, and other posts too near."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.zones import said
from lierre.publishing.caution import Caution
from lierre.publishing.models import Account, Mailing, Post, Variant
from lierre.publishing.models.embargo import embargoes_on
from lierre.publishing.network_names import name_of
from lierre.publishing.planning import TOO_NEAR


def warnings(post: Post) -> list[Caution]:
    if post.due_at is None or post.state == Post.State.WITHDRAWN:
        return []
    if post.due_at < timezone.now():
        return of_the_past(post)
    return [*of_deadline(post), *of_embargoes(post), *of_neighbours(post), *of_letters(post)]


def of_the_past(post: Post) -> list[Caution]:
    """A draft only: of the others, the outbox and the desk say what became of them."""
    if post.state != Post.State.DRAFT or post.deliveries.exclude(state="draft").exists():
        return []
    return [Caution("bad", _("This hour has passed: nothing leaves of it before another is chosen."))]


def of_deadline(post: Post) -> list[Caution]:
    if post.deadline is None or post.due_at is None or post.due_at.astimezone(post.clock).date() <= post.deadline:
        return []
    day = date_format(post.deadline, "DATE_FORMAT")
    return [Caution("bad", _("It leaves too late: it says nothing useful any more after %(day)s.") % {"day": day})]


def of_embargoes(post: Post) -> list[Caution]:
    sentence = _("Under embargo until %(moment)s: “%(why)s”. At this time its approval will be refused.")
    return [
        Caution("bad", sentence % {"moment": said(each.ends_at, "DATETIME_FORMAT"), "why": each})
        for each in embargoes_on(post, post.due_at)
    ]


def of_neighbours(post: Post) -> list[Caution]:
    """By account; else by network, when two accounts of ours speak there at once."""
    accounts = [variant.account for variant in post.variants.all()]
    others = neighbours(accounts, post.due_at, but=post) if post.due_at else []
    mine = {account.pk for account in accounts}
    found: dict[str, list[str]] = defaultdict(list)
    for account, title in others:
        found[str(account) if account.pk in mine else name_of(account.network)].append(title)
    return [Caution("warn", said_of(where, titles)) for where, titles in found.items()]


def of_letters(post: Post) -> list[Caution]:
    """A mailing that leaves in the same hours: the same people may read both."""
    title = post.letter_near if hasattr(post, "letter_near") else letter_near(post.due_at).first()
    return (
        [Caution("warn", _("A letter leaves within two hours of it: “%(title)s”.") % {"title": title})] if title else []
    )


def letter_near(at: Any) -> QuerySet[Mailing, str]:
    """The names of those within two hours of a moment, or of that of a row (`OuterRef`)."""
    return Mailing.objects.between(at - TOO_NEAR, at + TOO_NEAR).values_list("name", flat=True)


def said_of(where: str, titles: Sequence[str]) -> str:
    count = len(titles) + 1
    sentence = ngettext(
        "%(count)d post on %(where)s within two hours: this one and “%(title)s”.",
        "%(count)d posts on %(where)s within two hours: this one and “%(title)s”.",
        count,
    )
    return sentence % {"count": count, "where": where, "title": _("”, “").join(titles[:3])}


def neighbours(accounts: Sequence[Account], at: datetime, but: Post | None = None) -> list[tuple[Account, str]]:
    """What is planned nearer than two hours on the same accounts, or the same networks."""
    same = Q(account__in=[each.pk for each in accounts]) | Q(account__network__in={each.network for each in accounts})
    rows = Variant.objects.filter(same, post__due_at__gt=at - TOO_NEAR, post__due_at__lt=at + TOO_NEAR)
    rows = rows.exclude(post__state=Post.State.WITHDRAWN).exclude(post=but).select_related("post")
    return [(row.account, row.post.title) for row in rows[:50]]
