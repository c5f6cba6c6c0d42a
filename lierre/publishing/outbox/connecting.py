"""An account is opened to us by a key that somebody pastes. What it opens is asked of the network, never believed."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.health import keep_limits
from lierre.publishing.outbox.speaking import as_text, at_server, ends_at

FORBIDDEN: Final = frozenset(
    {"address", "secret", "plain", "port", "inside"}
)  # an address that may not be called at all


def connect(network: str, name: str, secret: str, *, address: str = "", by: Any) -> Account:
    """The account of this name, made when there is none, with the keys that were tried. Refuses with a sentence."""
    try:
        spoken = net.network(network)
    except net.UnknownNetwork:
        known = ", ".join(net.networks())
        raise Refused(
            _("No network is called %(name)s. Known: %(known)s.") % {"name": network, "known": known}
        ) from None
    account = Account.objects.filter(name=name).first()
    if account is not None and account.network != network:
        raise Refused(_("%(name)s is already an account of %(network)s.") % {"name": name, "network": account.network})
    try:
        opened = spoken.authorise(net.Key(secret.strip(), name, exact(network, address)))
    except net.NetworkError as error:
        raise Refused(why_it_does_not_open(error)) from error
    if not opened:
        raise Refused(_("These keys open no account."))
    account = keep(opened[0], account, name, by=by)
    keep_limits(account, spoken)
    return account


def open_with_key(account: Voice, secret: str, *, whose: str = "", address: str = "", by: Any) -> Voice:
    """With a key that somebody pastes for an account of the register. One that opens another account is refused."""
    spoken = net.network(account.network)
    try:
        opened = spoken.authorise(net.Key(secret.strip(), whose.strip(), exact(account.network, address)))
    except net.NetworkError as error:
        raise Refused(why_it_does_not_open(error)) from error
    found = next((each for each in opened if may_be(account, each)), None)
    if found is None:
        raise Refused(_("These keys open another account than the one that was connected before."))
    keep_as(account, found, by=by)
    keep_limits(account, spoken)
    return account


def exact(network: str, address: str) -> str:
    """
    A site is told at one address, to the letter; elsewhere it is a server, and a bar at its end says nothing.

    >>> exact("website", "https://ubn.example/hook/"), exact("mastodon", "https://social.ubn.example/")
    ('https://ubn.example/hook/', 'https://social.ubn.example')
    """
    return address.strip() if network == "website" else address.strip().rstrip("/")


def why_it_does_not_open(error: net.NetworkError) -> str:
    """Nothing waits, and nothing is tried again by itself: whoever pasted the key is told what to look at."""
    if isinstance(error, net.AuthorisationLost):
        return _("The network does not accept this key: look whether it was copied whole, and whose it is.")
    if error.code in FORBIDDEN:
        return _("This address cannot be called: write that of the server, as https://social.ubn.example.")
    if type(error) is net.Held:
        return _("No server of this network answers at this address.")
    if isinstance(error, net.NotSent) and not isinstance(error, net.RateLimited):
        return _("The server does not answer: look at its address, then try again.")
    return error.sentence


def keep(found: net.Account, account: Account | None, name: str, *, by: Any) -> Account:
    """In one transaction: the account and its keys, or nothing."""
    with transaction.atomic():
        others = Account.objects.filter(network=found.network, remote_id__in=numbers(found)).exclude(name=name)
        if other := next((each for each in others if not is_elsewhere(each, found)), None):
            raise Refused(_("This account is connected already, under the name %(name)s.") % {"name": other.name})
        if account is None:
            account = Account.objects.create(name=name, network=found.network, label=found.name or found.handle or name)
            record("account.registered", account, by=by)
        connect_as(account, found, by=by)
    return account


def keep_as(account: Voice, found: net.Account, *, by: Any) -> None:
    """What was opened is this account. Somebody’s own is not one that speaks for the institution."""
    if isinstance(account, Account):
        keep(found, account, account.name, by=by)
        return
    official = Account.objects.living().filter(network=found.network, remote_id__in=numbers(found))
    if not all(is_elsewhere(each, found) for each in official):
        raise Refused(_("This account speaks for the institution: it is connected in its register, not here."))
    connect_as(account, found, by=by, label=found.name or found.handle)


def connect_as(account: Voice, found: net.Account, *, by: Any, **more: Any) -> None:
    account.connect(
        as_text(found.credentials), by=by, remote_id=number(account, found), handle=found.handle, base_url=found.address,
        address=found.url or account.address, expires_at=ends_at(found.credentials),
        reads_only=found.credentials.reads_only, **more,
    )  # fmt: skip


# Each server of a network numbers its accounts for itself: the same number at two of them is two accounts.


def numbers(found: net.Account) -> list[str]:
    """As it may be kept: alone or, when another server has the same, with the name of its own."""
    return [found.id, found.id + at_server(found.address)]


def number(account: Voice, found: net.Account) -> str:
    alone, whole = numbers(found)
    same = type(account).objects.filter(network=found.network, remote_id=alone).exclude(pk=account.pk)
    return whole if any(is_elsewhere(each, found) for each in same) else alone


def may_be(account: Voice, found: net.Account) -> bool:
    """Whether it is this one: the one that was connected before, if any was."""
    return account.could_be(found.id) and (not account.remote_id or account.remote_id in numbers(found))


def is_elsewhere(account: Voice, found: net.Account) -> bool:
    here, there = at_server(account.base_url), at_server(found.address)
    return bool(here and there and here != there)
