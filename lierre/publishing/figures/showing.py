"""Figures as pages show them: of one post on one account, of a post by network, of an account over time. Unknown stays so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lierre.foundation.charts import Point, Sparkline
from lierre.foundation.charts.words import number
from lierre.publishing.figures.words import DEFINITIONS, LABELS
from lierre.publishing.models import Account, Click, Delivery, Measurement, Post
from lierre.publishing.models.measurement import ADDITIVE, NAMES
from lierre.publishing.network_names import name_of

SHOWN_DAYS: Final = 90
ROWS_AT_ONCE: Final = 2000
ENGAGED: Final = ("likes", "answers", "reposts", "clicks")
# In the table of a post: the columns of its networks, in this order.
COLUMNS: Final = ("impressions", "reach", "likes", "reposts", "answers", "quotes", "clicks")


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure, with when it was news and what it counts."""

    label: str | Promise
    definition: str | Promise
    value: int | None
    at: datetime
    said_by: str
    by_hand: bool

    @property
    def words(self) -> str:
        return _("not communicated") if self.value is None else number(self.value)


def of_delivery(delivery: Delivery) -> list[Shown]:
    latest = Measurement.objects.known_of([delivery]).get(delivery.pk, {})
    kept = (latest[name] for name in NAMES if name in latest)
    return [
        Shown(LABELS[each.name], DEFINITIONS[each.name], each.value, each.at, each.said_by, each.by_hand) for each in kept
    ]  # fmt: skip


@dataclass(slots=True)
class Total:
    """What is known of one figure on one network: the total of the parts that have it."""

    total: int = 0
    known: int = 0
    of: int = 0

    @property
    def words(self) -> str:
        """
        >>> Total(12, 2, 2).words, Total(12, 1, 2).words, Total(0, 0, 2).words
        ('12', 'at least 12', 'unknown')
        """
        if not self.known:
            return number(None)
        return number(self.total) if self.known == self.of else _("at least %(value)s") % {"value": number(self.total)}


@dataclass(slots=True)
class NetworkLine:
    """What a post brought on one network, all accounts and parts together."""

    network: str
    deliveries: list[Delivery] = field(default_factory=list)
    sums: dict[str, Total] = field(default_factory=dict)
    our_clicks: int | None = None

    @property
    def name(self) -> str:
        return name_of(self.network)

    def cells(self, columns: Sequence[str]) -> list[tuple[str | Promise, str]]:
        """Column and what is known, for a row of a table."""
        return [(LABELS[name], self.said(name)) for name in columns]

    def said(self, name: str) -> str:
        if name not in ADDITIVE and len(self.deliveries) > 1:
            return _("not added up")
        return self.sums[name].words

    @property
    def engagement(self) -> str:
        """Of a hundred times it was seen, how often somebody did something. Unknown unless all of it is known."""
        seen, acts = self.sums["impressions"], [self.sums[name] for name in ENGAGED]
        if not seen.known or seen.known != seen.of or seen.total <= 0 or any(each.known != each.of for each in acts):
            return number(None)
        return number(100 * sum(each.total for each in acts) / seen.total, "%", 1)


@dataclass(frozen=True, slots=True)
class OfPost:
    post: Post
    lines: list[NetworkLine]
    columns: list[str]

    @property
    def counts_links(self) -> bool:
        return self.post.counts_links

    @property
    def headings(self) -> list[str | Promise]:
        return [LABELS[name] for name in self.columns]

    @property
    def definitions(self) -> list[tuple[str | Promise, str | Promise]]:
        return [(LABELS[name], DEFINITIONS[name]) for name in self.columns]

    @property
    def rows(self) -> list[tuple[NetworkLine, list[tuple[str | Promise, str]]]]:
        return [(line, line.cells(self.columns)) for line in self.lines]


def of_post(post: Post, deliveries: Iterable[Delivery], accounts: Mapping[int, Account]) -> OfPost | None:
    """None when nothing of it is online. `accounts`: those of its rows, by number."""
    online = [each for each in deliveries if each.state == Delivery.State.CONFIRMED]
    if not online:
        return None
    latest = Measurement.objects.known_of(online)
    lines: dict[str, NetworkLine] = {}
    for delivery in online:
        network = accounts[delivery.account_id].network
        line = lines.setdefault(network, NetworkLine(network, sums={name: Total() for name in COLUMNS}))
        line.deliveries.append(delivery)
        for name in COLUMNS:
            add(line.sums[name], latest.get(delivery.pk, {}).get(name))
    if post.counts_links:
        count_ours(post, lines)
    columns = [name for name in COLUMNS if any(line.sums[name].known for line in lines.values())]
    return OfPost(post, [lines[code] for code in sorted(lines, key=name_of)], columns)


def add(total: Total, each: Measurement | None) -> None:
    total.of += 1
    if each is not None and each.value is not None:
        total.known += 1
        total.total += each.value


def count_ours(post: Post, lines: Mapping[str, NetworkLine]) -> None:
    rows = (
        Click.objects.filter(link__post=post).values_list("link__account__network").annotate(Sum("people")).order_by()
    )
    found = dict(rows)
    for line in lines.values():
        line.our_clicks = found.get(line.network, 0)


def followers(account: Account) -> Sparkline | None:
    """The course of the last ninety days that were looked at; None when nothing is known."""
    rows = Measurement.objects.of_account(account).filter(name="followers").order_by("-at", "-pk")[:SHOWN_DAYS]
    points = [Point(date_format(each.at, "j N"), each.value) for each in reversed(rows)]
    if not any(point.value is not None for point in points):
        return None
    return Sparkline(title=_("Followers"), points=points, name="followers")


def rows_of(account: Account) -> Iterator[list[Any]]:
    """Every dated figure of an account and of its posts, for a table that leaves the house."""
    rows = Measurement.objects.filter(account=account).select_related("delivery__post").order_by("pk")
    for each in rows.iterator(chunk_size=ROWS_AT_ONCE):
        delivery = each.delivery
        yield [
            each.at, delivery.post.title if delivery else "", delivery.permalink if delivery else "",
            str(LABELS.get(each.name, each.name)), each.value, each.said_by, _("by hand") if each.by_hand else "",
        ]  # fmt: skip
