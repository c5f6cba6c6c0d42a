"""How a post measures against each network it is for, before anybody approves it: counts, what is refused, what is lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.library import showing
from lierre.publishing.links.targets import short_address
from lierre.publishing.models import Account, Delivery, Post, Variant
from lierre.publishing.models.link import LENGTH
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.speaking import limits_of, network_of

UNITS: Final = {
    "characters": _("signs"), "graphemes": _("signs"), "bytes": _("bytes"), "escaped": _("signs, once escaped"),
}  # fmt: skip
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
        return rules_of(self.variant.account, self.parts)

    @property
    def after(self) -> str:
        """The address that this network writes after the words of the first message, and counts; "" when it does not."""
        post = self.variant.post
        if not post.link_url:
            return ""
        alone = measure(self.variant.account, "x", 0, 1, post).counts
        return post.link_url if alone and alone[0].value > 1 else ""

    @property
    def lost(self) -> list[str]:
        return list(dict.fromkeys(remark.sentence for part in self.parts for remark in part.measure.lost))

    @property
    def refused(self) -> list[str]:
        """Of what is online nothing is to be corrected any more."""
        if self.has_left:
            return []
        return list(dict.fromkeys(remark.sentence for part in self.parts for remark in part.measure.refused))


def rules_of(account: Voice, parts: Sequence[Part]) -> str:
    """How a network counts a first message, and those that follow it, for the counter of the page."""
    first = parts[0].measure.counts if parts else ()
    return json.dumps(
        [rules(account, place, counts) for place, counts in ((0, first), (1, counts_of(account, "x", 1)))]
    )


def rules(account: Voice, place: int, counts: Sequence[net.Count]) -> list[dict[str, Any]]:
    """
    Asked of the network itself, by signs that are counted in several ways. `wide`: a smiling face is two; `local`: of a name
    of another server, only what stands before that server.
    """
    faces, names = counts_of(account, "😀", place), counts_of(account, "@a@b.example", place)
    return [
        {
            "unit": count.unit, "most": count.most, "wide": face.value == 2, "local": name.value == 2,
            "name": str(UNITS.get(count.unit, count.unit)),
        }
        for count, face, name in zip(counts, faces, names, strict=False)
    ]  # fmt: skip


def counts_of(account: Voice, text: str, place: int) -> Sequence[net.Count]:
    return measure(account, text, place, place + 1).counts


def measure(account: Voice, text: str, place: int, parts: int, post: Post | None = None) -> net.Measure:
    """Calls nobody. A network that nothing here speaks to any more measures nothing, and says so. `post`: with its media."""
    try:
        limits, message = limits_of(account), net.Message(text, "measure", part=place + 1, parts=parts)
        if post is None:
            return network_of(account).measure(message, limits)
        assert isinstance(account, Account)  # posts are those of the institution
        seen = replace(message, **showing.seen(post, account, place, limits))
        return showing.with_remarks(network_of(account).measure(seen, limits), post, account, place, limits)
    except Refused as refusal:
        return net.Measure((), (net.Remark("", "unknown_network", str(refusal)),))
