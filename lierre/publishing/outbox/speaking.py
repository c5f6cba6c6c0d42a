"""Our rows as a network wants them: who speaks, with which keys, what is said, what was tried."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.library import own_visual, showing
from lierre.publishing.models import Delivery, OwnDelivery
from lierre.publishing.models.departure import Departure
from lierre.publishing.models.voice import Voice

BY_HAND: Final = "manual"
NEVER: Final = "nothing was renewed in time"
PATIENCE: Final = 25.0  # seconds: longer than the lease of a process that died
SEEN_LATELY: Final = timedelta(days=3)
MOST_KNOWN: Final = 500


def network_of(account: Voice, *, to_read: bool = False) -> net.Network:
    """
    An account whose keys let nothing be written, or that has none, is published by hand, on any network; `to_read` asks who
    tells its figures and how it is. Refuses when nothing speaks to it any more.
    """
    try:
        return net.network(account.network if is_spoken_to(account, to_read=to_read) else BY_HAND)
    except net.UnknownNetwork:
        raise Refused(_("Nothing here knows how to speak to %(network)s.") % {"network": account.network}) from None


def is_spoken_to(account: Voice, *, to_read: bool) -> bool:
    return account.is_connected if to_read else account.writes


def as_text(credentials: net.Credentials) -> str:
    return json.dumps(net.as_plain(credentials), separators=(",", ":"))


def ends_at(credentials: net.Credentials) -> datetime | None:
    """When a person must connect again: what renews itself lasts as long as it can be renewed."""
    return credentials.refresh_expires_at if credentials.refresh else credentials.expires_at


def speaker(account: Voice, *, to_read: bool = False) -> net.Account:
    """The account as its network knows it, with its keys."""
    if not is_spoken_to(account, to_read=to_read):
        credentials = net.Credentials("", kept={"place": account.network})
        return net.Account(
            BY_HAND, account.address or account.name, account.handle, credentials, account.label, "", account.address
        )
    credentials = net.from_plain(net.Credentials, json.loads(account.secret))
    return net.Account(
        account.network,
        account.remote_id.removesuffix(at_server(account.base_url)),
        account.handle,
        credentials,
        account.label,
        account.base_url,
        account.address,
    )


def at_server(address: str) -> str:
    """
    What tells apart the accounts of servers that number them alike; nothing where a network is one server.

    >>> at_server("https://social.ubn.example/"), at_server("")
    ('@social.ubn.example', '')
    """
    host = urlsplit(address).netloc
    return f"@{host}" if host else ""


def limits_of(account: Voice) -> net.Limits:
    """As the server told them, else the usual ones."""
    if account.limits:
        return net.from_plain(net.Limits, account.limits)
    network = network_of(account)
    return network.usual_limits() if account.writes else network.limits(speaker(account))


class Keys:
    """Where the keys of one account are kept (`connectors.network.Keeper`). `holder`: who speaks for it just now."""

    def __init__(self, account: Voice, holder: str = "") -> None:
        self.account, self.holder = account, holder

    def read(self) -> net.Credentials:
        self.account.refresh_from_db(fields=["sealed"])
        return speaker(self.account, to_read=True).credentials

    def write(self, credentials: net.Credentials) -> None:
        self.account.renew(as_text(credentials), ends_at(credentials))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Whoever sends for the account is alone already; others wait for their turn."""
        if self.holder:
            yield
            return
        holder, until = f"keys:{time.monotonic_ns()}", time.monotonic() + PATIENCE
        while not self.account.claim(holder):
            if time.monotonic() > until:
                raise net.NotSent("busy", NEVER)
            time.sleep(0.2)
        try:
            yield
        finally:
            self.account.leave(holder)


def message_of(delivery: Departure, parts: int) -> net.Message:
    """One part, with the receipts of those before it."""
    first = after = None
    if delivery.part:
        receipts = dict(delivery.siblings().filter(part__in={0, delivery.part - 1}).values_list("part", "receipt"))
        first, after = receipt_of(receipts.get(0)), receipt_of(receipts.get(delivery.part - 1))
    post = delivery.post
    return net.Message(
        delivery.text, str(delivery.key), language=post.language, title=post.title, part=delivery.part + 1, parts=parts,
        after=after, first=first, **seen(delivery),
    )  # fmt: skip


def seen(delivery: Departure) -> dict[str, Any]:
    """What it shows besides its words. Refuses what may not be shown any more, at the moment it leaves."""
    limits = limits_of(delivery.account)
    if isinstance(delivery, OwnDelivery):
        return own_visual.seen(delivery, limits)
    showing.checked(delivery.post, delivery.account, delivery.part, limits)
    return showing.seen(delivery.post, delivery.account, delivery.part, limits)


def receipt_of(kept: dict[str, Any] | None) -> net.Receipt | None:
    return net.from_plain(net.Receipt, kept) if kept else None


def attempts_of(delivery: Departure) -> net.Attempts | None:
    """What may have left so far; None when nothing can have."""
    if not delivery.sent_times or delivery.sent_at is None or delivery.last_sent_at is None:
        return None
    others = delivery.account.deliveries.filter(state=Delivery.State.CONFIRMED).exclude(pk=delivery.pk)
    alike = Q(text_hash=delivery.text_hash) | Q(confirmed_at__gte=timezone.now() - SEEN_LATELY)
    known = others.filter(alike).exclude(network_id="").order_by("-pk").values_list("network_id", flat=True)
    return net.Attempts(delivery.sent_times, delivery.sent_at, delivery.last_sent_at, frozenset(known[:MOST_KNOWN]))
