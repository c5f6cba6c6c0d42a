"""The clock: who has given no sign for longer than any purpose allows, who is asked, who is let go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import monotonic
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.models.journal import record
from lierre.foundation.periods import months_later
from lierre.people.erasing import erase_all
from lierre.people.models import Person, Record
from lierre.privacy.clocks import Running, longest, over_today, running, silent_since
from lierre.privacy.models import Budget, Contact, Letter, Purpose
from lierre.privacy.models.archive import ArchivedDegree

BETWEEN_LETTERS: Final = timedelta(days=30)
HORIZON: Final = timedelta(days=30)
A_YEAR: Final = timedelta(days=365)
THIRD_VOICES: Final = ("third", "platform")
MOST_SHOWN: Final = 1_000
# Seconds: beyond the first, a page waits too long to count again each time it is opened.
QUICK: Final = 1.0
KEPT_SECONDS: Final = 30 * 3_600
COUNTED: Final = "privacy:retention"


def months_kept() -> int:
    """As long as the longest of the purposes that count from the last contact."""
    return longest(running())


def due(day: date | None = None) -> QuerySet[Person]:
    """Those for whom every purpose is over that day."""
    return silent_since(months_later(day or timezone.localdate(), -months_kept()))


def last_letter(person_ids: "list[int]") -> dict[int, Letter]:
    """The latest question of each that belongs to the present silence: a sign since makes the former ones void."""
    found: dict[int, Letter] = {}
    for letter in Letter.objects.filter(kind=Letter.Kind.PERMISSION, person__in=person_ids).order_by("written_at"):
        found[letter.person_id] = letter
    return found


def to_ask(today: date, found: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """
    Those whom a letter may go to today: not asked this month, nor asked twice this year.

    Nor those who were asked as much as the year allows, whoever asked: they wait until it allows one more.
    """
    now = timezone.now()
    asked = Letter.objects.filter(kind=Letter.Kind.PERMISSION, person=OuterRef("pk"))
    lately = asked.filter(written_at__gt=now - BETWEEN_LETTERS)
    twice = asked.annotate(place=F("turn") % 10).filter(place__gt=1, written_at__gt=now - A_YEAR)
    found = due(today) if found is None else found
    return found.exclude(Exists(lately)).exclude(Exists(twice)).exclude(Exists(asked_enough()))


def asked_enough() -> QuerySet[Contact, Any]:
    """For each person outside, whether the contact budget of twelve months is spent."""
    asks = Contact.objects.filter(person=OuterRef("pk"), purpose__is_ask=True, at__gt=timezone.now() - A_YEAR)
    return asks.order_by().values("person").annotate(count=Count("pk")).filter(count__gte=Budget.in_force())


def asked_twice(today: date, found: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Those whose second letter is a month old."""
    now = timezone.now()
    second = Letter.objects.annotate(place=F("turn") % 10).filter(
        kind=Letter.Kind.PERMISSION, person=OuterRef("pk"), place__gt=1, written_at__gt=now - A_YEAR,
        written_at__lte=now - BETWEEN_LETTERS,
    )  # fmt: skip
    return (due(today) if found is None else found).filter(Exists(second))


@dataclass(frozen=True, slots=True)
class Step:
    """What the clock does with one person, and from which day: ask, remind, let go, or wait."""

    person: Person
    act: str
    on: date
    turn: int = 0


def steps(persons: "list[Person]", today: date) -> list[Step]:
    """For each of those whom the clock has reached. A letter older than a year was of another silence."""
    letters = last_letter([person.pk for person in persons])
    found = []
    for person in persons:
        letter = letters.get(person.pk)
        if letter is None or timezone.localdate(letter.written_at) < today - A_YEAR:
            found.append(Step(person, "ask", today, today.year * 10 + 1))
            continue
        on = timezone.localdate(letter.written_at) + BETWEEN_LETTERS
        reminded = letter.turn % 10 > 1
        found.append(Step(person, "let_go" if reminded else "remind", on, letter.turn + 1))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """`clocks`: with how many persons each is over for. `soon`: who is reached within thirty days, at most a thousand."""

    clocks: list[Running]
    soon: list[int]
    to_tell: int


def counted(*, afresh: bool = False) -> Counted:
    """What the page of retention shows. On a base where this is long, the night's count is kept."""
    clocks = running()
    kept = None if afresh else cache.get(COUNTED)
    if kept is None:
        began = monotonic()
        last_day = months_later(timezone.localdate() + HORIZON, -longest(clocks))
        kept = (
            over_today(clocks),
            list(silent_since(last_day).values_list("pk", flat=True)[:MOST_SHOWN]),
            to_be_told().values("person").distinct().count(),
        )
        if afresh or monotonic() - began > QUICK:
            cache.set(COUNTED, kept, KEPT_SECONDS)
    over, soon, to_tell = kept
    clocks = [replace(each, over=over.get((each.counted_from, each.months), 0)) for each in clocks]
    return Counted(clocks, soon, to_tell)


def forecast(count: Counted | None = None) -> dict[str, list[Step]]:
    """What will happen within thirty days, were nobody to give a sign. At most a thousand persons are shown."""
    today, count = timezone.localdate(), count or counted()
    soon = list(Person.objects.filter(pk__in=count.soon).order_by("pk"))
    found: dict[str, list[Step]] = {"ask": [], "remind": [], "let_go": []}
    for step in steps(soon, today):
        if step.on <= today + HORIZON:
            found[step.act].append(step)
    return found


def let_go(persons: Sequence[Person], *, by: str) -> int:
    """Keep the degrees in the archive, erase the rest everywhere. Answers how many degrees were kept."""
    kept, archive = 0, Purpose.objects.archives().order_by("pk").first()
    for person in persons:
        with transaction.atomic():
            degrees = ArchivedDegree.keep(person, archive)
            record("person.archived", person, by=by, degrees=degrees)
        kept += degrees
    reason = _("No sign for %(months)d months, after two letters.") % {"months": months_kept()}
    erase_all(persons, by=by, reason=reason)
    return kept


def to_be_told() -> QuerySet[Record]:
    """Records that a third party brought about living persons who were not told of it yet (article 14)."""
    told = Letter.objects.filter(kind=Letter.Kind.NOTICE, person=OuterRef("person"), turn=OuterRef("source_id"))
    brought = Record.objects.filter(source__kind__in=THIRD_VOICES, person__died="", delivery__imported__state="applied")
    return brought.exclude(Exists(told)).order_by("delivery_id", "id")
