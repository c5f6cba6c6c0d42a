"""How a post measures against each network it is for, before anybody approves it: counts, what is refused, what is lost."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account, Delivery, Variant
from lierre.publishing.outbox.speaking import network_of, speaker

EDITABLE = {*Delivery.CHANGEABLE, Delivery.State.REFUSED, Delivery.State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a thread, on one account."""

    text: str
    measure: net.Measure

    @property
    def over(self) -> int:
        """How many signs too many, by the count that is most exceeded."""
        return max([count.value - count.most for count in self.measure.counts if not count.fits], default=0)


class Measured:
    """A variant and its measures."""

    def __init__(self, variant: Variant, field: Any = None, rows: Any = ()) -> None:
        self.variant, self.field, self.rows = variant, field, list(rows)

    @cached_property
    def limits(self) -> net.Limits:
        return limits_of(self.variant.account)

    @cached_property
    def parts(self) -> list[Part]:
        texts = self.variant.parts
        return [Part(text, measure(self.variant.account, text, place, len(texts))) for place, text in enumerate(texts)]

    @property
    def fits(self) -> bool:
        return self.has_left or all(part.measure.fits for part in self.parts)

    @property
    def has_left(self) -> bool:
        """What is, or may be, online is no longer written."""
        return any(row.state not in EDITABLE for row in self.rows)

    @property
    def url_counts_for(self) -> int:
        return self.limits.url_counts_for

    @property
    def counts(self) -> str:
        """For the counter of the page, which counts the same at each keystroke."""
        of_first = self.parts[0].measure.counts if self.parts else ()
        return json.dumps([{"unit": count.unit, "most": count.most} for count in of_first])

    @property
    def lost(self) -> list[str]:
        return list(dict.fromkeys(remark.sentence for part in self.parts for remark in part.measure.lost))

    @property
    def refused(self) -> list[str]:
        return list(dict.fromkeys(remark.sentence for part in self.parts for remark in part.measure.refused))


def limits_of(account: Account) -> net.Limits:
    """As the server told them, else the usual ones."""
    if account.limits:
        return net.from_plain(net.Limits, account.limits)
    network = network_of(account)
    return network.usual_limits() if account.is_connected else network.limits(speaker(account))


def measure(account: Account, text: str, place: int, parts: int) -> net.Measure:
    """Calls nobody. A network that nothing here speaks to any more measures nothing, and says so."""
    try:
        message = net.Message(text, "measure", part=place + 1, parts=parts)
        return network_of(account).measure(message, limits_of(account))
    except Refused as refusal:
        return net.Measure((), (net.Remark("", "unknown_network", str(refusal)),))
