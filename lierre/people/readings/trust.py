"""The policy as a table to read and to change: for each group of values, the kinds of sources in order.

A draft lives in the address of the page, so that it can be shared, taken back with the back button, and moved without a script.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import GROUPS, SOURCE_KINDS
from lierre.people.fold import DEFAULT_POLICY, Policy
from lierre.people.fold.policy import USUAL
from lierre.people.models import PolicyVersion, Source

Order = tuple[str, ...]
# In a narrow column the usual label of this kind is too long.
LATEST: Final = "latest"  # as an address says that no kind comes first: whoever spoke last is believed
SHORT: Final[dict[str, str | Promise]] = {**SOURCE_KINDS, "archive": _("Their archive or CV")}


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of source at its rank, and the drafts where it comes earlier or later. Empty at either end."""

    kind: str
    label: str | Promise
    rank: int
    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Row:
    """
    A group of values. `changed` when the draft differs from what is in force.

    Without places, whoever spoke last is believed; `other` is the draft that would order the kinds, or no longer.
    """

    group: str
    label: str | Promise
    places: tuple[Place, ...]
    changed: bool
    other: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Orders as they would be. Every group names every kind, so that each can be moved; or none: the latest is believed."""

    orders: Mapping[str, Order]

    @classmethod
    def of(cls, policy: Policy) -> Self:
        return cls({group: whole(policy.orders.get(group, ())) if policy.orders.get(group) else () for group in GROUPS})

    @classmethod
    def read(cls, query: QueryDict, policy: Policy) -> Self:
        """From an address; what cannot be read there is what is in force."""
        now = cls.of(policy).orders
        asked = {group: order_in(query.get(group, "")) for group in GROUPS}
        return cls({group: now[group] if order is None else order for group, order in asked.items()})

    def query(self, policy: Policy) -> str:
        """What differs, as an address."""
        now = Draft.of(policy).orders
        changed = [(group, order) for group, order in self.orders.items() if order != now[group]]
        return urlencode([(group, ".".join(order) or LATEST) for group, order in changed])

    def with_order(self, group: str, order: Order) -> Self:
        return type(self)({**self.orders, group: order})

    def moved(self, group: str, kind: str, by: int) -> Self:
        order = list(self.orders[group])
        at = order.index(kind)
        order.insert(at + by, order.pop(at))
        return self.with_order(group, tuple(order))

    def rows(self, policy: Policy) -> list[Row]:
        now = Draft.of(policy).orders
        return [
            Row(
                group,
                label,
                tuple(self.places(group, policy)),
                self.orders[group] != now[group],
                "?" + self.with_order(group, () if self.orders[group] else whole(now[group] or USUAL)).query(policy),
            )
            for group, label in GROUPS.items()
        ]

    def places(self, group: str, policy: Policy) -> list[Place]:
        order = self.orders[group]
        return [
            Place(
                kind,
                SHORT[kind],
                rank,
                "?" + self.moved(group, kind, -1).query(policy) if rank > 1 else "",
                "?" + self.moved(group, kind, 1).query(policy) if rank < len(order) else "",
            )
            for rank, kind in enumerate(order, 1)
        ]


def order_in(said: str) -> Order | None:
    """The order that an address asks for. None when it cannot be read, or lacks a kind."""
    order = tuple(said.split("."))
    if said == LATEST:
        return ()
    return order if set(order) == SOURCE_KINDS.keys() and len(order) == len(SOURCE_KINDS) else None


def whole(order: Sequence[str]) -> Order:
    """The order with the kinds it does not name at its end."""
    return (*order, *(kind for kind in SOURCE_KINDS if kind not in order))


RANKS: Final = range(1, len(SOURCE_KINDS) + 1)


@dataclass(frozen=True, slots=True)
class Past:
    """A version that was in force: which groups it changed, and the draft that would put it back (empty: it holds)."""

    version: PolicyVersion
    changed: tuple[str | Promise, ...]
    draft: str


def past(versions: Sequence[PolicyVersion], now: Policy) -> list[Past]:
    """The latest first; the one before the first is the usual policy."""
    before = [*(version.policy for version in versions[1:]), DEFAULT_POLICY]
    found = []
    for version, old in zip(versions, before, strict=False):
        changed = set(version.policy.differs(old))
        labels = tuple(label for group, label in GROUPS.items() if group in changed)
        found.append(Past(version, labels, Draft.of(version.policy).query(now)))
    return found


def speakers_by_kind(sources: Sequence[Source]) -> list[tuple[str | Promise, list[Source]]]:
    """Who is of each kind, in the order of the kinds."""
    return [(SHORT[kind], [source for source in sources if source.kind == kind]) for kind in SOURCE_KINDS]
