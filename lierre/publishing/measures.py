"""How a post measures against each network it is for, before anybody approves it: counts, what is refused, what is lost."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.library import showing
from lierre.publishing.links.targets import short_address
from lierre.publishing.models import Account, Delivery, Post, Variant
from lierre.publishing.models.link import LENGTH
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.speaking import limits_of, network_of

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
    def texts(self) -> list[str]:
        """What really leaves, or left: with short links, the rows say it."""
        if not (self.variant.post.counts_links or self.has_left):
            return self.variant.parts
        return [row.text for row in self.rows or self.variant.rows().order_by("part")]

    @cached_property
    def parts(self) -> list[Part]:
        texts, (account, post) = self.texts, (self.variant.account, self.variant.post)
        return [Part(text, measure(account, text, place, len(texts), post)) for place, text in enumerate(texts)]

    @property
    def fits(self) -> bool:
        return self.has_left or all(part.measure.fits for part in self.parts)

    @property
    def has_left(self) -> bool:
        """What is, or may be, online is no longer written."""
        return any(row.state not in EDITABLE for row in self.rows)

    @property
    def url_counts_for(self) -> int:
        short = len(short_address("x" * LENGTH)) if self.variant.post.counts_links else 0
        return self.limits.url_counts_for or short

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
        """Of what is online nothing is to be corrected any more."""
        if self.has_left:
            return []
        return list(dict.fromkeys(remark.sentence for part in self.parts for remark in part.measure.refused))


def measure(account: Voice, text: str, place: int, parts: int, post: Post | None = None) -> net.Measure:
    """Calls nobody. A network that nothing here speaks to any more measures nothing, and says so. `post`: with its media."""
    try:
        limits, message = limits_of(account), net.Message(text, "measure", part=place + 1, parts=parts)
        if post is None:
            return network_of(account).measure(message, limits)
        assert isinstance(account, Account)  # posts are those of the institution
        seen = replace(message, **showing.seen(post, account, place, limits))
        return showing.with_remarks(network_of(account).measure(seen, limits), post, account, place)
    except Refused as refusal:
        return net.Measure((), (net.Remark("", "unknown_network", str(refusal)),))
