"""Clicks as pages show them: the course of a month beside each link, by day and by channel for one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.charts import Line, Point, Series, Sparkline
from lierre.foundation.paging import newest_first
from lierre.publishing.models import Click, Link
from lierre.publishing.models.link import LinkQuerySet
from lierre.publishing.network_names import name_of

MONTH: Final = 30
QUARTER: Final = 90
MOST_CLICKED: Final = 50
ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """A link, how often persons and robots opened it, and the course of the last thirty days."""

    link: Link
    people: int
    robots: int
    course: Sparkline


@dataclass(frozen=True, slots=True)
class Listing:
    rows: list[Counted]
    older: int | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an address stands, and how often persons opened it from there."""

    network: str  # "" for a link made by hand
    label: str
    people: int


def page(rows: LinkQuerySet, before: Any, *, most_first: bool) -> Listing:
    """The latest first, or the fifty that were opened most these thirty days."""
    if most_first:
        lately = Sum("clicks__people", filter=Q(clicks__day__gte=first_day(MONTH)), default=0)
        found = list(rows.annotate(lately=lately).order_by("-lately", "-pk")[:MOST_CLICKED])
        return Listing(counted(found), None, True)
    shown = newest_first(rows, before)
    return Listing(counted(shown.rows), shown.older, shown.is_first)


def counted(links: Sequence[Link]) -> list[Counted]:
    """Two questions to the base, however many links there are."""
    ours = Click.objects.filter(link__in=links)
    totals, first = ours.by_link(), first_day(MONTH)
    days: dict[int, dict[date, int]] = {}
    for link_id, day, people in ours.since(first).values_list("link", "day", "people"):
        days.setdefault(link_id, {})[day] = people
    nothing = {"people": 0, "robots": 0}
    return [
        Counted(link, **totals.get(link.pk, nothing), course=course(link, days.get(link.pk, {}), first))
        for link in links
    ]  # fmt: skip


def course(link: Link, days: dict[date, int], first: date) -> Sparkline:
    title = _("Clicks of %(link)s") % {"link": link}
    return Sparkline(title=title, points=points(days, first), name=f"clicks-{link.pk}")


def points(days: dict[date, int], first: date) -> list[Point]:
    """A day when nobody clicked is a zero: the counting is ours, and complete."""
    each = (first + timedelta(days=number) for number in range((today() - first).days + 1))
    return [Point(date_format(day, "j N"), days.get(day, 0)) for day in each]


def by_day(link: Link) -> Line:
    """Since it was made, three months at most."""
    first = max(first_day(QUARTER), min(timezone.localdate(link.made_at), today() - timedelta(days=6)))
    days = dict(Click.objects.filter(link=link).since(first).values_list("day", "people"))
    return Line(
        title=_("Clicks by day"), series=[Series(_("clicks"), points(days, first))], from_zero=True, name="by-day"
    )


def by_channel(link: Link) -> list[Channel]:
    """Everywhere the same address was given, the one that brought most first."""
    same = Link.objects.filter(fingerprint=link.fingerprint)
    rows = same.values_list("account__network", "account__label", "place", "label").annotate(
        all_people=Sum("clicks__people", default=0)
    )
    found = [
        Channel(network or "", f"{name_of(network)}, {account}" if network else place or label, people)
        for network, account, place, label, people in rows.order_by()
    ]
    merged: dict[tuple[str, str], int] = {}
    for each in found:
        merged[each.network, each.label] = merged.get((each.network, each.label), 0) + each.people
    every = [Channel(network, label, people) for (network, label), people in merged.items()]
    return sorted(every, key=lambda each: (-each.people, each.label))


def rows_of(links: LinkQuerySet) -> Iterator[list[Any]]:
    """Each link as a line of a table that leaves the house."""
    last: int | None = None
    ordered = links.order_by("-pk")
    while batch := list((ordered if last is None else ordered.filter(pk__lt=last))[:ROWS_AT_ONCE]):
        last = batch[-1].pk
        totals = Click.objects.filter(link__in=batch).by_link()
        for link in batch:
            found = totals.get(link.pk, {"people": 0, "robots": 0})
            network = name_of(link.account.network) if link.account else ""
            yield [
                link.label, link.short, link.leads_to, network, str(link.account or link.place), str(link.unit or ""),
                link.made_at, found["people"], found["robots"],
            ]  # fmt: skip


def today() -> date:
    """On the clock of the institution, as clicks are counted."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def first_day(days: int) -> date:
    return today() - timedelta(days=days - 1)
