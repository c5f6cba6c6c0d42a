"""The register as somebody asks to see it: some of its accounts, in an order, and every column of it to take away."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from lierre.accounts.models import Unit
from lierre.publishing.models import Account
from lierre.publishing.models.account import AccountQuerySet
from lierre.publishing.network_names import name_of
from lierre.publishing.register import Line

FILTERS: Final = ("q", "reseau", "unite", "statut", "alerte")
SORTS: Final[dict[str, Callable[[Line], Any]]] = {
    "compte": lambda line: (name_of(line.account.network).lower(), line.account.label.lower()),
    "usage": lambda line: (not line.account.purpose, line.account.purpose.lower()),
    "repond": lambda line: (line.account.owner is None, str(line.account.owner or "").lower()),
    "cles": lambda line: (not line.account.keys_held_by, line.account.keys_held_by.lower()),
    "statut": lambda line: line.account.status,
    "alertes": lambda line: -len(line.alerts),
}


def asked_of(accounts: AccountQuerySet, asked: Mapping[str, str]) -> AccountQuerySet:
    if words := asked.get("q", "").strip():
        said = ("label", "address", "handle", "purpose", "keys_held_by", "owner__name", "deputy__name")
        found = Q()
        for name in said:
            found |= Q(**{f"{name}__icontains": words})
        accounts = accounts.filter(found)
    if network := asked.get("reseau", ""):
        accounts = accounts.filter(network=network)
    if status := asked.get("statut", ""):
        accounts = accounts.filter(status=status)
    if unit := Unit.objects.filter(code=asked.get("unite") or "-").first():
        accounts = accounts.filter(unit__path__startswith=unit.path)
    return accounts


def ordered(lines: Iterable[Line], asked: Mapping[str, str]) -> list[Line]:
    """Those to be looked at alone, when that is asked. Unknown orders are the usual one."""
    order = asked.get("tri", "")
    key = SORTS.get(order.removeprefix("-"), SORTS["compte"])
    kept = [line for line in lines if not (asked.get("alerte") and line.is_well)]
    return sorted(kept, key=key, reverse=order.startswith("-"))


def header() -> list[str]:
    return [
        _("Network"), _("Shown as"), _("Address"), _("Unit"), _("What it is for"), _("Answers for it"), _("When they are away"),
        _("Who holds the keys"), _("Status"), _("How it publishes"), _("Keys expire on"), _("Confirmed on"), _("Declared in"),
        _("To look at"),
    ]  # fmt: skip


def rows(lines: Iterable[Line]) -> Iterator[list[Any]]:
    for line in lines:
        account = line.account
        yield [
            name_of(account.network), account.label, account.address, str(account.unit or ""), account.purpose,
            str(account.owner or ""), str(account.deputy or ""), account.keys_held_by, str(account.get_status_display()),
            how(account), account.expires_at, account.confirmed_on, account.declared_in, "; ".join(line.alerts),
        ]  # fmt: skip


def how(account: Account) -> str:
    if account.writes:
        return _("connected")
    return _("read by itself, published by hand") if account.is_connected else _("published by hand")
