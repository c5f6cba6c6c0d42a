"""One clock for each purpose: how long it lasts, for whom it is over. The base counts once for purposes that last as long."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lierre.foundation.periods import months_later
from lierre.people.models import Person, Record
from lierre.people.models.imports import EPOCH
from lierre.people.saying import OWN_VOICES
from lierre.privacy.models import Purpose, Sign

Duration = tuple[str, int]
CONTACT: Final = Purpose.Clock.CONTACT
USUAL: Final = 36


@dataclass(frozen=True, slots=True)
class Running:
    """Purposes that are over at the same moment. `over`: for how many persons they are today."""

    counted_from: str
    months: int
    purposes: list[Purpose]
    over: int = 0

    @property
    def named(self) -> list[Purpose]:
        """Each name once: the same purpose may stand for several populations."""
        return list({each.label: each for each in self.purposes}.values())

    @property
    def stops(self) -> str:
        """From which day it counts, as the register says it."""
        return str(Purpose.Clock(self.counted_from).label)


def running() -> list[Running]:
    """The clocks of the purposes in force, the shortest first. What is kept as an archive has none."""
    found: dict[Duration, list[Purpose]] = {}
    for purpose in Purpose.objects.in_force().exclude(counted_from=Purpose.Clock.NEVER):
        found.setdefault((purpose.counted_from, purpose.retention_months), []).append(purpose)
    return [Running(*duration, found[duration]) for duration in sorted(found, key=lambda each: (each[1], each[0]))]


def longest(clocks: list[Running]) -> int:
    """In months: whoever is silent for longer serves no purpose at all that counts from the last contact."""
    return max((each.months for each in clocks if each.counted_from == CONTACT), default=USUAL)


def stages(clocks: list[Running]) -> list[int]:
    """
    In months, the shortest first: after each silence some purposes end, and with them what only they needed.

    After the last, nothing needs anybody who said nothing: they leave the base.
    """
    return sorted({each.months for each in clocks if each.counted_from == CONTACT}) or [USUAL]


def over_today(clocks: list[Running]) -> dict[Duration, int]:
    """For how many persons each is over: one question to the base."""
    today = timezone.localdate()
    counts = {
        f"clock_{at}": Count("pk", filter=Q(pk__in=reached(each, today).order_by().values("pk")))
        for at, each in enumerate(clocks)
    }
    told = Person.objects.order_by().aggregate(**counts) if counts else {}
    return {(each.counted_from, each.months): told[f"clock_{at}"] for at, each in enumerate(clocks)}


def reached(clock: Running, day: date) -> QuerySet[Person]:
    since = months_later(day, -clock.months)
    return silent_since(since) if clock.counted_from == CONTACT else known_before(since)


def known_before(day: date) -> QuerySet[Person]:
    """Living persons whose data came before that day."""
    moment = timezone.make_aware(datetime.combine(day, time.min))
    theirs = Record.objects.filter(person=OuterRef("pk"))
    came = theirs.filter(
        Q(delivery=None, asserted__lt=(day - EPOCH).days) | Q(delivery__imported__applied_at__lt=moment)
    )
    return Person.objects.filter(Exists(came), record_id__isnull=False, died="").order_by("pk")


def silent_since(day: date) -> QuerySet[Person]:
    """Known before that day, and no click, log-in or answer since: an open is not one."""
    moment = timezone.make_aware(datetime.combine(day, time.min))
    theirs = Record.objects.filter(person=OuterRef("pk"))
    spoke = theirs.filter(source__kind__in=OWN_VOICES, asserted__gte=(day - EPOCH).days)
    signs = Sign.objects.filter(person=OuterRef("pk"), at__gte=moment)
    recent = Q(account__last_login__gte=moment) | Q(account__joined_at__gte=moment)
    return known_before(day).exclude(recent).exclude(Exists(spoke)).exclude(Exists(signs))
