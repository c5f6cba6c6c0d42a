"""Whether the accounts are still open to us: asked every day, and more often of those that did not answer."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account, OwnAccount
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.speaking import Keys, network_of, speaker
from lierre.publishing.outbox.speech import HOLDS

# Somebody may have given a right back over there, without telling us.
HELD_LOOKED_AT: Final = timedelta(minutes=15)


def check(account: Voice, *, by: object) -> net.Health | None:
    """Ask the network. What it answers is kept; None when the account is not open."""
    try:
        network = network_of(account, to_read=True)
        health = net.fresh(network, speaker(account, to_read=True), Keys(account), network.check)
    except (net.NetworkError, Refused) as error:
        if isinstance(error, net.Held) and not account.reads_only:  # what is published by hand waits for no keys
            why = next(code for kind, code in HOLDS if isinstance(error, kind))
            account.hold(why, error.sentence, by=by)
        account.write(checked_at=timezone.now(), said=sentence_of(error)[:300])
        return None
    keep_limits(account, network)
    account.write(checked_at=timezone.now(), expires_at=health.expires_at or account.expires_at, **seen(health))
    if account.held in {Account.Held.TOKEN, Account.Held.UNREACHABLE} and not health.missing:
        account.release(by=by)
    return health


def keep_limits(account: Voice, network: net.Network) -> None:
    """How much its server takes, as it says today. One that does not say it keeps what was known."""
    try:
        limits = net.fresh(network, speaker(account, to_read=True), Keys(account), network.limits)
    except net.NetworkError:
        return
    account.write(limits=net.as_plain(limits))


def sentence_of(error: Exception) -> str:
    return error.sentence if isinstance(error, net.NetworkError) else str(error)


def seen(health: net.Health) -> dict[str, str]:
    """What the account says of itself today; what it does not say is kept as it was."""
    return {name: value for name, value in (("handle", health.handle), ("address", health.url)) if value}


def check_open() -> int:
    """All that are connected. Answers how many do not answer; those of ambassadors are nobody’s figure."""
    for own in OwnAccount.objects.connected():
        check(own, by="outbox")
    return sum(check(account, by="outbox") is None for account in Account.objects.connected())


def check_held(now: datetime | None = None) -> int:
    """Those that nothing leaves for. Answers how many are open again."""
    now = now or timezone.now()
    for own in waited(OwnAccount, now):
        check(own, by="outbox")
    return sum(check(account, by="outbox") is not None for account in waited(Account, now))


def waited(voices: type[Voice], now: datetime) -> list[Voice]:
    """Those whose turn it is: a network that was silent is asked each time, one that said no every quarter of an hour."""
    held = voices.objects.connected().filter(held__in=[Account.Held.TOKEN, Account.Held.UNREACHABLE])
    return [
        each for each in held
        if each.held == Account.Held.UNREACHABLE or each.checked_at is None or each.checked_at < now - HELD_LOOKED_AT
    ]  # fmt: skip
