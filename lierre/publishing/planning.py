"""The editorial calendar: days, what leaves on each of them, in which state, and what clashes. Three questions to the base."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from lierre.publishing.landmarks import landmarks
from lierre.publishing.models import Delivery, Post, Variant
from lierre.publishing.network_names import mark_of, name_of

SHOWN_IN_A_DAY: Final = 3
# Two posts of one account nearer than this are told about.
TOO_NEAR: Final = timedelta(hours=2)
STATES: Final = Delivery.State
# What a post is in the calendar, from what its rows are: the first that one of them is.
STUCK: Final = {STATES.TO_CHECK, STATES.REFUSED, STATES.MISSED}
LEAVING: Final = {STATES.WAITING, STATES.CLAIMED, STATES.IN_FLIGHT}


@dataclass(frozen=True, slots=True)
class Slot:
    """`look`: draft, waiting (for approval), ready, stuck, sent. `marks`: network code and name, each once."""

    post_id: int
    title: str
    at: datetime
    look: str
    marks: tuple[tuple[str, str], ...]

    @property
    def minute(self) -> int:
        return self.at.minute


@dataclass(slots=True)
class Day:
    day: date
    outside: bool = False
    slots: list[Slot] = field(default_factory=list)
    notes: list[tuple[str, bool]] = field(default_factory=list)
    clashes: list[tuple[str, int]] = field(default_factory=list)  # network, how many within two hours

    @property
    def shown(self) -> list[Slot]:
        return self.slots[:SHOWN_IN_A_DAY]

    @property
    def hidden(self) -> int:
        return max(0, len(self.slots) - SHOWN_IN_A_DAY)

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() > 4


@dataclass(frozen=True, slots=True)
class Filter:
    network: str = ""
    unit_path: str = ""

    def narrow(self, posts: Any) -> Any:
        if self.network:
            posts = posts.filter(variants__account__network=self.network).distinct()
        if self.unit_path:
            posts = posts.filter(Q(unit__path__startswith=self.unit_path))
        return posts


def days(first: date, last: date, asked: Filter, month: int = 0) -> list[Day]:
    """Each day from the first to the last, both included, with what leaves on it."""
    found = {each: Day(each, bool(month) and each.month != month) for each in every_day(first, last)}
    for slot, accounts in slots(first, last, asked):
        day = found[slot.at.date()]
        day.slots.append(slot)
        del accounts
    for each, words, ours in landmarks(first, last):
        found[each].notes.append((words, ours))
    for each, account, count in clashes(first, last, asked):
        found[each].clashes.append((account, count))
    return list(found.values())


def every_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def instant(day: date) -> datetime:
    """The first instant of a day, on the clock of whoever reads."""
    return timezone.make_aware(datetime.combine(day, time.min))


def posts_between(first: date, last: date, asked: Filter) -> Any:
    return asked.narrow(Post.objects.living().between(instant(first), instant(last + timedelta(days=1))))


def slots(first: date, last: date, asked: Filter) -> list[tuple[Slot, list[int]]]:
    rows = list(posts_between(first, last, asked).values_list("pk", "title", "due_at", "state"))
    within = {"post__due_at__gte": instant(first), "post__due_at__lt": instant(last + timedelta(days=1))}
    networks: dict[int, list[str]] = defaultdict(list)
    accounts: dict[int, list[int]] = defaultdict(list)
    for post_id, network, account_id in Variant.objects.filter(**within).values_list(
        "post_id", "account__network", "account_id"
    ):
        accounts[post_id].append(account_id)
        if network not in networks[post_id]:
            networks[post_id].append(network)
    states: dict[int, set[str]] = defaultdict(set)
    for post_id, state in Delivery.objects.filter(**within).values_list("post_id", "state").distinct():
        states[post_id].add(state)
    marks = {code: (mark_of(code), name_of(code)) for code in {each for found in networks.values() for each in found}}
    zone = timezone.get_current_timezone()
    return [
        (
            Slot(pk, title, at.astimezone(zone), look(state, states[pk]), tuple(marks[code] for code in networks[pk])),
            accounts[pk],
        )
        for pk, title, at, state in rows
    ]


def look(state: str, rows: set[str]) -> str:
    """
    >>> look("approved", {"waiting", "confirmed"}), look("approved", {"confirmed", "to_check"}), look("approved", {"confirmed"})
    ('ready', 'stuck', 'sent')
    """
    if rows & STUCK:
        return "stuck"
    if rows and rows <= {STATES.CONFIRMED, STATES.CANCELLED}:
        return "sent"
    if rows & LEAVING:
        return "ready"
    return "waiting" if state == Post.State.SUBMITTED else "draft"


def clashes(first: date, last: date, asked: Filter) -> list[tuple[date, str, int]]:
    """Days when one account speaks twice or more within two hours."""
    within = {"post__due_at__gte": instant(first), "post__due_at__lt": instant(last + timedelta(days=1))}
    rows = Variant.objects.filter(**within).exclude(post__state=Post.State.WITHDRAWN)
    if asked.network:
        rows = rows.filter(account__network=asked.network)
    moments: Mapping[tuple[int, str], list[datetime]] = defaultdict(list)
    for pk, network, at in rows.order_by("post__due_at").values_list("account_id", "account__network", "post__due_at"):
        moments[pk, name_of(network)].append(timezone.localtime(at))
    return near(moments)


def near(moments: Mapping[tuple[int, str], list[datetime]]) -> list[tuple[date, str, int]]:
    """The longest run of each day, for each account; the name is that of its network."""
    found: dict[tuple[date, str], int] = {}
    for (_account, label), times in moments.items():
        start = 0
        for place, at in enumerate(times):
            while at - times[start] >= TOO_NEAR:
                start += 1
            count = place - start + 1
            if count > 1:
                found[at.date(), label] = max(found.get((at.date(), label), 0), count)
    return [(day, label, count) for (day, label), count in sorted(found.items())]


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """
    The Monday before the first day, the Sunday after the last.

    >>> month_bounds(2026, 11)
    (datetime.date(2026, 10, 26), datetime.date(2026, 12, 6))
    """
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
