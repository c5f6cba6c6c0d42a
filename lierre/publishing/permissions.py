"""Who may write, send, and answer for the accounts of the institution."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.accounts.permissions import units_where
from lierre.foundation.abilities import declare, may
from lierre.publishing.models import Account, Post

SEE_POSTS = declare(
    "see_posts",
    label=_("see what is planned on networks, and what became of it"),
    roles=frozenset({"communication", "direction", "alumni_office", "hr", "recruiter_relations"}),
)
WRITE_POSTS = declare(
    "write_posts",
    label=_("write posts and plan them"),
    roles=frozenset({"communication", "alumni_office", "hr", "recruiter_relations"}),
)
SETTLE_POSTS = declare(
    "settle_posts",
    label=_("say what became of a post when the network cannot"),
    roles=frozenset({"communication"}),
)
KEEP_ACCOUNTS = declare(
    "keep_accounts",
    label=_("keep the register of accounts that speak for the institution"),
    roles=frozenset({"communication"}),
)


def accounts_written_by(user: Any) -> QuerySet[Account]:
    """Those of the units where this person writes; those of the institution itself for whoever writes at its top."""
    written = Q(unit__in=units_where(user, WRITE_POSTS))
    if user.holds_everywhere(*WRITE_POSTS.roles):
        written |= Q(unit=None)
    return Account.objects.living().exclude(status=Account.Status.CLOSING).filter(written)


def may_change(user: Any, post: Post, written: Iterable[Account] | None = None) -> bool:
    """Whether this person writes for every account that the post is for. `written`: those, when they are known."""
    if not may(user, WRITE_POSTS):
        return False
    known = {account.pk for account in (accounts_written_by(user) if written is None else written)}
    return all(variant.account_id in known for variant in post.variants.all())
