"""What the clock would do were it started: who, how many, what would go. Nothing is written but the count."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.foundation.models.work import Work
from lierre.people.models import ContactPoint, Person, Position, Study
from lierre.people.projection import sliced
from lierre.privacy.clocks import running, stages
from lierre.privacy.ending import Ending, endings_of, reached
from lierre.privacy.models import Clock, Consent, Contact, Purpose
from lierre.privacy.retention import asked_twice, due, to_ask

REHEARSE: Final = "privacy.rehearse_retention"
SAMPLE: Final = 10
AT_ONCE: Final = 1_000
# A rehearsal that is older tells of another base.
GOOD_FOR: Final = timedelta(days=30)


def ask(*, by: Any) -> Work:
    """Left to a worker: on a large base it takes a while. Who asks twice follows the one that is under way."""
    waiting = Work.objects.unfinished().filter(name=REHEARSE).first()
    return waiting or Work.ask(REHEARSE, by=by, title=_("Rehearse the retention clock"))


def leaving_today(today: date, others: list[int]) -> dict[str, Any]:
    """Those for whom every purpose is over: what would go with them, and what the archive would keep."""
    gone = due(today) | Person.objects.filter(pk__in=others)
    reached_today = Person.objects.filter(pk__in=others)
    theirs = gone.order_by().values("pk")
    awarded = Study.objects.filter(person__in=theirs).exclude(obtained=False).exclude(degree=None)
    return {
        "persons": gone.count(),
        "to_ask": to_ask(today).count() + to_ask(today, reached_today).count(),
        "asked_twice": asked_twice(today).count() + asked_twice(today, reached_today).count(),
        "degrees": awarded.count(), "without_degree": gone.exclude(pk__in=awarded.order_by().values("person")).count(),
        "values": {
            "positions": Position.objects.filter(person__in=theirs).count(),
            "contacts": ContactPoint.objects.filter(person__in=theirs).count(),
            "consents": Consent.objects.filter(person__in=theirs).count(),
            "messages": Contact.objects.filter(person__in=theirs).count(),
        },
        "sample": list(gone.values_list("pk", flat=True)[:SAMPLE]),
    }  # fmt: skip


def staying_today(today: date, work: Work) -> tuple[dict[str, Any], list[int]]:
    """Those who stay: family by family, how many persons lose how many values. Then those of a population that ended."""
    persons: Counter[str] = Counter()
    values: Counter[str] = Counter()
    count = 0
    sample: list[tuple[int, list[str]]] = []
    others = []
    for each in endings(today, work):
        if each.leaves:
            others.append(each.person.pk)
            continue
        count += 1
        persons.update(each.families)
        values.update(each.values)
        if len(sample) < SAMPLE:
            sample.append((each.person.pk, sorted(each.families)))
    families = {name: {"persons": persons[name], "values": values[name]} for name in sorted(persons)}
    return {"persons": count, "families": families, "sample": sample}, others


def endings(today: date, work: Work) -> Iterator[Ending]:
    numbers = list(reached(today).order_by("pk").values_list("pk", flat=True))
    done = 0
    for some in sliced(numbers, AT_ONCE):
        yield from endings_of(list(Person.objects.filter(pk__in=some)), today)
        work.advance(done := done + len(some), len(numbers))


def last_rehearsal() -> Work | None:
    return Work.objects.filter(name=REHEARSE, state=Work.State.DONE).order_by("-pk").first()


def archive() -> Purpose | None:
    """The purpose for which degrees stay: its basis, who reads it, how long."""
    return Purpose.objects.archives().select_related("controller").order_by("pk").first()


def lengths() -> list[int]:
    return stages(running())


def start(*, by: Any, reason: str) -> None:
    """Nobody starts a clock that erases without having seen whom it reaches."""
    seen = Entry.objects.of_verb("clock.rehearsed").filter(at__gt=timezone.now() - GOOD_FOR)
    if not seen.exists():
        raise Refused(_("Rehearse it first: see who would leave, and what would go, before anything does."))
    Clock.turn(True, by=by, reason=reason)
