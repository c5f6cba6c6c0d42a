"""
Any network, by hand. « Publishing » asks a person to do it: the outcome is unknown until they paste the address.

So the outbox treats it as any other message whose outcome is unknown: somebody says that it is online, and shows it, or
that it is not. What only a machine could do (figures, reactions, taking down) is not supported.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lierre.connectors.manual.places import PLACES, Place, place_of
from lierre.connectors.manual.task import place_of_account, said, task_of
from lierre.connectors.network import measuring
from lierre.connectors.network.abilities import Capabilities, Count, Guard, Limits, Measure, Parts, Remark, Way
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.answers import (
    Attempts,
    Confirmation,
    Event,
    Interactions,
    Metric,
    Prepared,
    Receipt,
    Verdict,
)
from lierre.connectors.network.message import Kind, Message, Visibility
from lierre.connectors.network.refusals import Invalid, NotSupported, UnknownOutcome
from lierre.connectors.network.text import addresses, graphemes, in_bytes, in_units
from lierre.connectors.network.understanding import understood

CODE: Final = "manual"
ABLE: Final = Capabilities(
    Parts.THREAD, frozenset(Kind), frozenset(Visibility), Guard.PERSON, ways=frozenset({Way.NONE}), builds_cards=True,
    has_warnings=True, deletes=False, by_hand=True,
)  # fmt: skip


class ByHand(UnknownOutcome):
    """A person is publishing it, or is about to."""

    @property
    def sentence(self) -> str:
        return _("Somebody must publish this by hand, then paste its address here.")


@understood
class Manual:
    """See network/protocol.py. `Account.credentials.kept["place"]` is the network that a person publishes on."""

    code = CODE

    @property
    def name(self) -> str:
        return _("By hand")

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return Limits()

    def limits(self, account: Account) -> Limits:
        return of(place_of_account(account))

    def measure(self, message: Message, limits: Limits) -> Measure:
        place = PLACES.get(limits.server, Place(limits.server, ""))
        refused = list(measuring.refused(message, limits, ABLE))
        if place.is_closed:
            told = _("%(name)s is closed: nothing can be published there any more.") % {"name": place.name}
            refused.append(Remark("text", "closed", told))
        lost = tuple(measuring.lost(message, ABLE, card=True))
        return Measure(tuple(counts(said(message), place, limits)), tuple(refused), lost)

    def application(self, address: str, back: str) -> Application:
        raise NotSupported("application")

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        raise NotSupported("code")

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        """Nothing is opened: `account` is how people call it, `address` its public page. The network is read in it."""
        if isinstance(grant, Code):
            raise NotSupported("code")
        place = place_of(grant.address)
        host = urlsplit(grant.address).hostname or ""
        kept = {"place": place.code if place else host}
        name = grant.account or host
        return [
            Account(CODE, grant.address or grant.account, name, Credentials("", kept=kept), name, "", grant.address)
        ]

    def refresh(self, account: Account) -> Credentials:
        return account.credentials

    def revoke(self, account: Account) -> None:
        """Nothing was opened."""

    def check(self, account: Account) -> Health:
        place = place_of_account(account)
        missing = ("closed",) if place.is_closed else ()
        return Health(account.name, account.handle, account.url, None, missing, place.code)

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        task = task_of(account, message)
        payload = {"place": task.place.code, "composer": task.composer, "link": task.link}
        return Prepared(CODE, message.key, payload, task.text, at)

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        raise ByHand("by_hand")

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        return Confirmation(Verdict.PERSON, why="published by hand")

    def adopt(self, account: Account, link: str) -> Receipt:
        """What the person pastes: an address of that network, when we know which ones it has."""
        url = link.strip()
        found = list(addresses(url))
        if len(found) != 1 or found[0].text != url or urlsplit(url).path in {"", "/"}:
            raise Invalid("not_an_address", url, "link")
        place = place_of_account(account)
        if place.hosts and place_of(url) != place:
            raise Invalid("elsewhere", url, "link")
        return Receipt(url, url, adopted=True)

    def delete(self, account: Account, receipt: Receipt) -> None:
        raise NotSupported("delete")

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return Interactions((), cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        return []

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        raise NotSupported("webhook")


def of(place: Place) -> Limits:
    """What it takes, and in `server` which one it is: measuring needs no account."""
    return replace(place.limits, server=place.code)


def counts(text: str, place: Place, limits: Limits) -> Iterator[Count]:
    """Each network counts as it does where one writes."""
    shortened = text
    if limits.url_counts_for:
        for each in reversed(list(addresses(text))):
            shortened = shortened[: each.first] + "x" * limits.url_counts_for + shortened[each.last :]
    yield Count(place.unit, graphemes(shortened) if place.unit == "graphemes" else in_units(shortened), limits.text)
    if limits.text_bytes:
        yield Count("bytes", in_bytes(text), limits.text_bytes)
