"""Who may write, send, and answer for the accounts of the institution."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.accounts.permissions import units_where
from lierre.foundation.abilities import Ability, declare, may
from lierre.publishing.models import Account, Delivery, Link, Mailing, Medium, Post, Series

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
TAKE_PART = declare(
    "take_part", label=_("receive ideas each week, and post in one’s own words"), roles=frozenset({"ambassador"})
)
FEED_AMBASSADORS = declare(
    "feed_ambassadors",
    label=_("prepare the topics of ambassadors, and answer their stories"),
    roles=frozenset({"communication"}),
)
SEE_TAKING_PART = declare(
    "see_taking_part",
    label=_("see how many take part in a unit, without any name"),
    roles=frozenset({"communication", "direction"}),
)
KEEP_LINK_TEMPLATES = declare(
    "keep_link_templates",
    label=_("say what is added to the addresses that leave"),
    roles=frozenset({"communication"}),
)

KEEP_CHARTER = declare(
    "keep_charter",
    label=_("keep the rules of the editorial line and of the brand charter"),
    roles=frozenset({"communication"}),
)

WRITE_MAILINGS = declare(
    "write_mailings",
    label=_("write newsletters and mailings to people of the base"),
    roles=frozenset({"communication", "alumni_office"}),
)
APPROVE_MAILINGS = declare(
    "approve_mailings",
    label=_("approve a mailing that somebody else wrote"),
    roles=frozenset({"communication", "alumni_office", "direction"}),
)


KEEP_SILENCES = declare(
    "keep_silences",
    label=_("say when something must not leave, and when it may again"),
    roles=frozenset({"communication", "direction"}),
)


def may_in(user: Any, ability: Ability, unit: Unit | None) -> bool:
    """In this unit; None stands for the institution, for which one acts at its top."""
    if unit is None:
        return may(user, ability) and bool(user.holds_everywhere(*ability.roles))
    return may(user, ability, unit)


def may_keep(user: Any, unit: Unit | None) -> bool:
    """The rules of this unit."""
    return may_in(user, KEEP_CHARTER, unit)


def may_keep_account(user: Any, account: Account) -> bool:
    """What is said of it, its keys, its approvals: whoever keeps the register for its unit."""
    return may_in(user, KEEP_ACCOUNTS, account.unit)


def may_settle(user: Any, delivery: Delivery) -> bool:
    """Say what became of it, send it again, give it up."""
    return may_in(user, SETTLE_POSTS, delivery.account.unit) or publishes_by_hand(user, delivery)


def publishes_by_hand(user: Any, delivery: Delivery) -> bool:
    """Whoever answers for the account, or has the post, publishes it there: it is theirs to prove. Asks the base nothing."""
    theirs = {delivery.account.owner_id, delivery.account.deputy_id, delivery.post.owner_id}
    return delivery.by_hand and user.pk in theirs and may(user, SEE_POSTS)


def accounts_where(user: Any, ability: Ability) -> QuerySet[Account]:
    """Those of the units where this person has the ability; those of the institution for whoever has it at its top."""
    found = Q(unit__in=units_where(user, ability, closed_too=True))
    if user.holds_everywhere(*ability.roles):
        found |= Q(unit=None)
    return Account.objects.filter(found)


def units_of_register(user: Any) -> tuple[QuerySet[Unit], bool]:
    """The units whose accounts this person keeps, and whether they keep those of the institution itself."""
    return units_where(user, KEEP_ACCOUNTS), user.holds_everywhere(*KEEP_ACCOUNTS.roles)


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


def units_written_in(user: Any) -> tuple[QuerySet[Unit], bool]:
    """The units where this person writes, and whether they write for the institution itself."""
    return units_where(user, WRITE_POSTS), user.holds_everywhere(*WRITE_POSTS.roles)


def units_of_templates(user: Any) -> list[Unit | None]:
    """Those whose addresses this person says what is added to; None stands for the institution."""
    top: list[Unit | None] = [None] if user.holds_everywhere(*KEEP_LINK_TEMPLATES.roles) else []
    return [*top, *units_where(user, KEEP_LINK_TEMPLATES)]


def may_keep_link(user: Any, link: Link) -> bool:
    """Whether this person may close it, or bring it back."""
    return may_in(user, WRITE_POSTS, link.unit)


def may_keep_medium(user: Any, medium: Medium) -> bool:
    """Whoever writes in its unit, or brought it and still writes somewhere."""
    is_theirs = medium.brought_by_id == user.pk and may(user, WRITE_POSTS)
    return is_theirs or may_in(user, WRITE_POSTS, medium.unit)


def may_change_series(user: Any, series: Series) -> bool:
    """Whether this person writes for every account that the series is for."""
    if not may(user, WRITE_POSTS):
        return False
    known = set(accounts_written_by(user).values_list("pk", flat=True))
    return all(account.pk in known for account in series.accounts.all())


def may_change_letter(user: Any, mailing: Mailing) -> bool:
    """Whoever writes letters for the unit that it speaks for, or for the institution itself; and whoever began it."""
    return may(user, WRITE_MAILINGS) and (user.pk == mailing.owner_id or may_in(user, WRITE_MAILINGS, mailing.unit))


def units_of_letters(user: Any) -> tuple[QuerySet[Unit], bool]:
    """The units for which this person writes letters, and whether they write for the institution itself."""
    return units_where(user, WRITE_MAILINGS), user.holds_everywhere(*WRITE_MAILINGS.roles)
