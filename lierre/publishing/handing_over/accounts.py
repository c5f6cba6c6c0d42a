"""Accounts that somebody answers for, in first place or in second, those that their authorisation opens, whose keys they hold."""

import re
from typing import Any, Final

from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _

from lierre.accounts.handover import Tie
from lierre.accounts.models import Role, User
from lierre.accounts.permissions import STAFF
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import KEEP_ACCOUNTS


def staff() -> QuerySet[User]:
    """Those of the house: an account is answered for by one of them."""
    held = Role.objects.in_force().filter(kind__in=STAFF).values("user")
    found: QuerySet[User] = User.objects.active().filter(pk__in=held).order_by("name")
    return found


def told(account: Account) -> str:
    return f"{account}, {name_of(account.network)}"


def owned(user: User) -> QuerySet[Account]:
    return Account.objects.living().filter(owner=user)


def give(account: Account, to: User | None, by: Any) -> None:
    """Whoever stood in for the owner, and is the owner now, stands in for nobody."""
    before = account.owner
    account.write(owner=to, deputy=None if account.deputy_id == (to and to.pk) else account.deputy_id, asked_on=None)
    record("account.handed_over", account, by=by, before=str(before), after=str(to))


def stood_in(user: User) -> QuerySet[Account]:
    return Account.objects.living().filter(deputy=user)


def stand_in(account: Account, to: User | None, by: Any) -> None:
    """Nobody stands in for themselves: given to the owner, the place is empty."""
    before = account.deputy
    account.write(deputy=None if to is None or to.pk == account.owner_id else to)
    record("account.deputy_changed", account, by=by, before=str(before), after=str(account.deputy or ""))


def authorised(user: User) -> QuerySet[Account]:
    return Account.objects.connected().filter(authorised_by=user, successor=None)


def reconnect(account: Account, to: User | None, by: Any) -> None:
    """It stays open until the network says otherwise; whoever succeeds connects it again with their own authorisation."""
    account.write(successor=to)
    record("account.succession", account, by=by, before=str(account.authorised_by), after=str(to))


def locked(user: User) -> QuerySet[Account]:
    """Those that say in words that they hold the keys."""
    name = user.name.strip()
    found = Account.objects.living().annotate(bearer=Value(name))
    return found.filter(keys_held_by__icontains=name) if name else found.none()


def pass_keys(account: Account, to: User | None, by: Any) -> None:
    """The other words about the keys stay: a safe, a service."""
    before, bearer = account.keys_held_by, str(getattr(account, "bearer", ""))
    after = re.sub(re.escape(bearer), lambda _found: str(to or ""), before, flags=re.IGNORECASE)
    account.write(keys_held_by=after[:200])
    record("account.keys_passed", account, by=by, before=before, after=str(to))


OWNED: Final = Tie(
    "owned", _("Accounts they answer for"), _("They are asked once a year to confirm them, and told what goes wrong."),
    owned, told, STAFF, give,
)  # fmt: skip
DEPUTIES: Final = Tie(
    "deputies", _("Accounts they answer for when somebody is away"), _("This place may stay empty."),
    stood_in, told, STAFF, stand_in, nobody=True,
)  # fmt: skip
TOKENS: Final = Tie(
    "tokens", _("Accounts opened by their authorisation"),
    _("They stay open meanwhile. Whoever succeeds is asked to connect them again in their own name."),
    authorised, told, KEEP_ACCOUNTS.roles, reconnect,
)  # fmt: skip
KEYS: Final = Tie(
    "keys", _("Keys they hold"), _("Only a person can: change the password over there when they leave."),
    locked, lambda account: f"{told(account)} ({account.keys_held_by})", STAFF, pass_keys,
)  # fmt: skip
