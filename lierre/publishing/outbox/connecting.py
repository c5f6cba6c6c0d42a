"""An account is opened to us by a key that somebody pastes. What it opens is asked of the network, never believed."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.health import keep_limits, sentence_of
from lierre.publishing.outbox.speaking import as_text, ends_at


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
        opened = spoken.authorise(net.Key(secret.strip(), name, address.rstrip("/")))
    except net.NetworkError as error:
        raise Refused(sentence_of(error)) from error
    if not opened:
        raise Refused(_("These keys open no account."))
    account = keep(opened[0], account, name, by=by)
    keep_limits(account, spoken)
    return account


def open_with_key(account: Voice, secret: str, *, whose: str = "", address: str = "", by: Any) -> Voice:
    """With a key that somebody pastes for an account of the register. One that opens another account is refused."""
    spoken = net.network(account.network)
    try:
        opened = spoken.authorise(net.Key(secret.strip(), whose.strip(), address.rstrip("/")))
    except net.NetworkError as error:
        raise Refused(sentence_of(error)) from error
    found = next((each for each in opened if account.may_be(each.id)), None)
    if found is None:
        raise Refused(_("These keys open another account than the one that was connected before."))
    keep_as(account, found, by=by)
    keep_limits(account, spoken)
    return account


def keep(found: net.Account, account: Account | None, name: str, *, by: Any) -> Account:
    """In one transaction: the account and its keys, or nothing."""
    with transaction.atomic():
        other = Account.objects.filter(network=found.network, remote_id=found.id).exclude(name=name)
        if other.exists():
            raise Refused(_("This account is connected already, under the name %(name)s.") % {"name": other[0].name})
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
    if Account.objects.living().filter(network=found.network, remote_id=found.id).exists():
        raise Refused(_("This account speaks for the institution: it is connected in its register, not here."))
    connect_as(account, found, by=by, label=found.name or found.handle)


def connect_as(account: Voice, found: net.Account, *, by: Any, **more: Any) -> None:
    account.connect(
        as_text(found.credentials), by=by, remote_id=found.id, handle=found.handle, base_url=found.address,
        address=found.url or account.address, expires_at=ends_at(found.credentials),
        reads_only=found.credentials.reads_only, **more,
    )  # fmt: skip
