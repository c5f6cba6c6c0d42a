"""The editorial calendar: days, what leaves on each, in which state; what clashes, what must be silent."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.dates import WEEKDAYS

from lierre.publishing.landmarks import landmarks
from lierre.publishing.mailing.planning import LETTER, mailing_slots, meetings
from lierre.publishing.models import Delivery, Embargo, Mailing, Post, Variant
from lierre.publishing.network_names import mark_of, name_of

SHOWN_IN_A_DAY: Final = 3
# Two posts of one account nearer than this are told about.
TOO_NEAR: Final = timedelta(hours=2)
# So many posts of the house on one network in that time, whichever accounts they are on.
MANY: Final = 3
STATES: Final = Delivery.State
# What a post is in the calendar, from what its rows are: the first that one of them is.
STUCK: Final = {STATES.TO_CHECK, STATES.REFUSED, STATES.MISSED}
LEAVING: Final = {STATES.WAITING, STATES.CLAIMED, STATES.IN_FLIGHT}


@dataclass(frozen=True, slots=True)
class Slot:
    """
    `look`: draft, waiting (for approval), ready, stuck, sent. `marks`: network code and name, each once.
    `address`: where it leads, and `key`: how it is named, for what is no post. `moves`: whether its time can be changed.
    """

    post_id: int
    title: str
    at: datetime
    look: str
    marks: tuple[tuple[str, str], ...]
    address: str = ""
    key: str = ""
    moves: bool = True


@dataclass(slots=True)
class Day:
    day: date
    outside: bool = False
    slots: list[Slot] = field(default_factory=list)
    notes: list[tuple[str, bool]] = field(default_factory=list)
    # A network and how many within two hours, or the words that say it.
    clashes: list[tuple[str, int] | str] = field(default_factory=list)
    silences: list[str] = field(default_factory=list)  # embargoes in force that day

    @property
    def shown(self) -> list[Slot]:
        return self.slots[:SHOWN_IN_A_DAY]

    @property
    def hidden(self) -> int:
        return max(0, len(self.slots) - SHOWN_IN_A_DAY)

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.day.weekday()])

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def is_weekend(self) -> bool:
        return self.day.weekday() > 4


@dataclass(frozen=True, slots=True)
class Filter:
    """`campaign`: words of its name."""

    network: str = ""
    unit_path: str = ""
    account: int = 0
    campaign: str = ""

    def narrow(self, posts: Any) -> Any:
        if self.network == LETTER:
            return posts.none()
        if self.network:
            posts = posts.filter(variants__account__network=self.network).distinct()
        if self.account:
            posts = posts.filter(variants__account=self.account).distinct()
        return self.narrow_any(posts)

    def narrow_letters(self, letters: Any) -> Any:
        """A letter is on no account."""
        if self.account or self.network not in {"", LETTER}:
            return letters.none()
        return self.narrow_any(letters)

    def narrow_any(self, rows: Any) -> Any:
        if self.unit_path:
            rows = rows.filter(unit__path__startswith=self.unit_path)
        return rows.filter(campaign__icontains=self.campaign) if self.campaign else rows

    def hears(self, voice: "Voice") -> bool:
        return self.network in {"", voice.network} and self.account in {0, voice.account_id}


def days(first: date, last: date, asked: Filter, month: int = 0) -> list[Day]:
    """Each day from the first to the last, both included, with what leaves on it."""
    found = {each: Day(each, bool(month) and each.month != month) for each in every_day(first, last)}
    said = voices(first, last)
    for slot in slots(first, last, asked, said):
        found[slot.at.date()].slots.append(slot)
    letters = [Slot(**told) for told in mailing_slots(letters_between(first, last, asked))]
    for letter in letters:
        insort(found[letter.at.date()].slots, letter, key=lambda each: each.at)
    seen = next(each for each in found if not month or each.month == month)
    for each, words, ours in landmarks(first, last, seen):
        found[each].notes.append((words, ours))
    for each, label in silences(first, last):
        found[each].silences.append(label)
    for each, network, count in clashes(filter(asked.hears, said)):
        found[each].clashes.append((network, count))
    to_come = (letter.at for letter in letters if letter.look != "sent")
    for each, words in meetings(to_come, ((voice.post_id, voice.at) for voice in said)):
        found[each].clashes.append(words)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Voice:
    """A post on an account, at an instant."""

    post_id: int
    network: str
    account_id: int
    at: datetime


def within(first: date, last: date) -> dict[str, datetime]:
    return {"post__due_at__gte": instant(first), "post__due_at__lt": instant(last + timedelta(days=1))}


def voices(first: date, last: date) -> list[Voice]:
    """In the order in which they speak."""
    rows = Variant.objects.filter(**within(first, last)).exclude(post__state=Post.State.WITHDRAWN)
    said = rows.order_by("post__due_at", "account__network", "account__name")
    return [
        Voice(pk, network, account, at)
        for pk, network, account, at in said.values_list("post_id", "account__network", "account_id", "post__due_at")
        if at is not None
    ]


def silences(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Each day on which something must not leave, with why."""
    found = Embargo.objects.during(instant(first), instant(last + timedelta(days=1)))
    for each in found:
        start = timezone.localtime(max(each.starts_at or each.made_at, instant(first))).date()
        end = timezone.localtime(each.ends_at - timedelta(microseconds=1)).date()
        for day in every_day(start, min(last, end)):
            yield day, each.label


def every_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def instant(day: date) -> datetime:
    """The first instant of a day, on the clock of whoever reads."""
    return timezone.make_aware(datetime.combine(day, time.min))


def posts_between(first: date, last: date, asked: Filter) -> Any:
    return asked.narrow(Post.objects.living().between(instant(first), instant(last + timedelta(days=1))))


def letters_between(first: date, last: date, asked: Filter) -> Any:
    return asked.narrow_letters(Mailing.objects.between(instant(first), instant(last + timedelta(days=1))))


def slots(first: date, last: date, asked: Filter, said: Iterable[Voice]) -> list[Slot]:
    rows = list(posts_between(first, last, asked).values_list("pk", "title", "due_at", "state"))
    networks: dict[int, list[str]] = defaultdict(list)
    for voice in said:
        if voice.network not in networks[voice.post_id]:
            networks[voice.post_id].append(voice.network)
    states: dict[int, set[str]] = defaultdict(set)
    for post_id, state in Delivery.objects.filter(**within(first, last)).values_list("post_id", "state").distinct():
        states[post_id].add(state)
    marks = {code: (mark_of(code), name_of(code)) for code in {each for found in networks.values() for each in found}}
    zone = timezone.get_current_timezone()
    return [
        Slot(pk, title, at.astimezone(zone), look(state, states[pk]), tuple(marks[code] for code in networks[pk]))
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


def clashes(said: Iterable[Voice]) -> list[tuple[date, str, int]]:
    """Days when one account speaks twice or more within two hours, or a network hears three posts of the house in them."""
    by_account: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    by_network: dict[tuple[int, str], dict[int, datetime]] = defaultdict(dict)
    for voice in said:
        by_account[voice.account_id, voice.network].append(voice.at)
        by_network[0, voice.network][voice.post_id] = voice.at  # one post on two accounts is one
    found = near(by_account, 2)
    for place, count in near({key: list(posts.values()) for key, posts in by_network.items()}, MANY).items():
        found[place] = max(found.get(place, 0), count)
    return [(day, label, count) for (day, label), count in sorted(found.items())]


def near(moments: Mapping[tuple[int, str], list[datetime]], least: int) -> dict[tuple[date, str], int]:
    """The longest run of each day, when it is of so many at least; the name is that of the network."""
    found: dict[tuple[date, str], int] = {}
    for (_account, network), times in moments.items():
        start = 0
        for place, at in enumerate(times):
            while at - times[start] >= TOO_NEAR:
                start += 1
            count = place - start + 1
            if count >= least:
                day, label = timezone.localtime(at).date(), name_of(network)
                found[day, label] = max(found.get((day, label), 0), count)
    return found


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """
    The Monday before the first day, the Sunday after the last.

    >>> month_bounds(2026, 11)
    (datetime.date(2026, 10, 26), datetime.date(2026, 12, 6))
    """
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
