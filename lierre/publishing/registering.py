"""Changes of the register: an account is written down, changed, archived, brought back; approval steps are asked and dropped."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Absence, Account, Step
from lierre.publishing.network_names import name_of
from lierre.publishing.outbox.closing import close_over_there
from lierre.publishing.register import CLOSED, doubt_of
from lierre.publishing.seeding import free_name


def register(said: dict[str, Any], *, by: Any) -> Account:
    with transaction.atomic():
        check_address(said["network"], said["address"])
        doubt = doubt_of(said["network"], said["address"]) if said["address"] else ""
        gone = timezone.now() if said["network"] in CLOSED else None  # only its history is left
        account = Account.objects.create(name=free_name(said["network"]), doubt=doubt, archived_at=gone, **said)
        record("account.registered", account, by=by)
    return account


def change(account: Account, said: dict[str, Any], *, by: Any) -> None:
    with transaction.atomic():
        if said["address"] != account.address:
            check_address(account.network, said["address"])
        doubt = doubt_of(account.network, said["address"]) if said["address"] and not account.is_connected else ""
        before = {"owner": str(account.owner or ""), "status": account.status}
        afresh: dict[str, Any] = {} if said["owner"] == account.owner else {"asked_on": None}
        if said["address"] != account.address:
            afresh |= {"dead_since": None, "visited_at": None}  # nobody has tried the new one
        account.write(doubt=doubt, **said, **afresh)
        after = {"owner": str(account.owner or ""), "status": account.status}
        record("account.changed", account, by=by, before=before, after=after)


def check_address(network: str, address: str) -> None:
    """However it is spelt: with or without encryption, www, or a slash at its end."""
    living = Account.objects.living().filter(network=network).exclude(address="")
    other = next((each for each in living if address and bare(each.address) == bare(address)), None)
    if other is not None:
        raise Refused(_("This address is in the register already: %(account)s.") % {"account": other})


def bare(address: str) -> str:
    """
    >>> bare("http://linkedin.com/school/UBN") == bare("https://www.linkedin.com/school/ubn/")
    True
    """
    return address.lower().partition("://")[2].removeprefix("www.").rstrip("/")


def archive(account: Account, *, by: Any) -> None:
    """Its history stays; nothing leaves for it any more, and its keys are forgotten: here, and there when it can be."""
    closed = close_over_there(account)
    with transaction.atomic():
        waiting = account.deliveries.cancel()
        account.write(archived_at=timezone.now(), sealed="", authorised_by=None, successor=None)
        record("account.archived", account, by=by, cancelled=waiting, keys_given_back=closed)


def bring_back(account: Account, *, by: Any) -> None:
    """In the register again, published by hand: its keys were forgotten. A closed network stays history."""
    with transaction.atomic():
        if account.archived_at is None:
            raise Refused(_("This account is in the register already."))
        if account.network in CLOSED:
            raise Refused(_("%(network)s is closed: only its history is left.") % {"network": name_of(account.network)})
        check_address(account.network, account.address)
        account.write(archived_at=None, confirmed_on=None, asked_on=None)
        record("account.brought_back", account, by=by)


def ask_step(account: Account, said: dict[str, Any], *, by: Any) -> None:
    with transaction.atomic():
        same = account.steps.filter(kind=said["kind"], position=said["position"])
        if same.exists():
            raise Refused(_("There is already somebody at this step: drop it first."))
        step = Step.objects.create(account=account, **said)
        record("account.step_asked", account, by=by, step=str(step), position=step.position)


def drop_step(step: Step, *, by: Any) -> None:
    with transaction.atomic():
        record("account.step_dropped", step.account, by=by, step=str(step), position=step.position)
        step.delete()


def go_away(user: Any, said: dict[str, Any]) -> None:
    with transaction.atomic():
        absence = Absence.objects.create(who=user, **said)
        record("absence.said", absence, by=user, deputy=str(absence.deputy))


def come_back(absence: Absence, *, by: Any) -> None:
    with transaction.atomic():
        record("absence.ended", absence, by=by)
        absence.delete()
