"""What it would be worth to ask each person: the chance that the fact has changed × the worth of knowing it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from heapq import nlargest
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from lierre.community.asking.hazard import Hazard
from lierre.community.asking.learning import learn
from lierre.community.models import Candidate, Reckoning
from lierre.community.models.candidate import Kind
from lierre.people.freshness.counting import LIVING, since
from lierre.people.models import FreshnessCount
from lierre.people.models.imports import EPOCH

KEPT: Final = 30_000
SOONEST: Final = 183  # days: what was said less than half a year ago is not asked again
UNPROVEN: Final = 0.5  # worth of a message to an address that nobody proved nor repeated for two years
MIDDLE: Final = 0.5
CAREER: Final = 42  # years after their class, most have retired: what they do changes little
RETIRED: Final = 0.25

# One line for each living person whom an e-mail may reach, with the position shown first.
REACHED: Final = f"""
SELECT person.id, entry.year, entry.unit_id, person.heard, reached.proven, position.id, said.asserted
FROM people_person person
JOIN (
  SELECT contact.person_id, max(CASE WHEN contact.confirmed OR record.asserted >= %s THEN 1 ELSE 0 END) AS proven
  FROM people_contactpoint contact LEFT JOIN people_record record ON record.id = contact.record_id
  WHERE contact.kind = 'email' AND NOT contact.refused GROUP BY contact.person_id
) reached ON reached.person_id = person.id
JOIN people_directoryentry entry ON entry.person_id = person.id
LEFT JOIN people_position position ON position.person_id = person.id AND position.is_current
LEFT JOIN people_record said ON said.id = position.record_id
WHERE {LIVING} AND NOT person.do_not_contact AND NOT person.lost
"""


def weigh(today: date | None = None) -> Reckoning:
    """Reckon everybody, keep the most valuable. Read first, then written at once."""
    day = today or timezone.localdate()
    hazard = learn()
    weighed = Counter[str]()
    kept = nlargest(KEPT, counted(candidates(hazard, day), weighed), key=lambda each: (each.gain, -each.person_id))
    bands = [[band.until, band.pairs, band.changed, round(band.chance, 4)] for band in hazard.bands]
    with transaction.atomic():
        Candidate.objects.all().delete()
        Candidate.objects.bulk_create(kept, batch_size=500)
        reckoning, _new = Reckoning.objects.update_or_create(
            pk=1,
            defaults={"day": day, "pairs": hazard.pairs, "bands": bands, "weighed": weighed.total(), "kept": len(kept)},
        )
    return reckoning


def counted(found: Iterator[Candidate], told: Counter[str]) -> Iterator[Candidate]:
    """The most valuable are kept as they come: of a million, the others need not be held together."""
    for each in found:
        told[each.kind] += 1
        yield each


def candidates(hazard: Hazard, day: date) -> Iterator[Candidate]:
    known = shares_of_classes()
    today = (day - EPOCH).days
    for person, year, unit, heard, proven, position, asserted in reached(day):
        said = None if position is None else heard if asserted is None else asserted
        if today - (heard if said is None else said) < SOONEST:
            continue
        chance = 1.0 if said is None else hazard.chance(today - said)
        share = known.get(year)
        worth = (1.0 if proven else UNPROVEN) * (2 - (MIDDLE if share is None else share)) / 2
        if has_retired(year, day):
            worth *= RETIRED
        yield Candidate(
            person_id=person, kind=Kind.WHICH if said is None else Kind.STILL, chance=chance, worth=worth,
            gain=chance * worth, age=None if said is None else today - said, proven=bool(proven), known=share,
            year=year, unit_id=unit,
        )  # fmt: skip


def has_retired(year: int | None, day: date) -> bool:
    """Most likely."""
    return year is not None and day.year - year > CAREER


def reached(day: date) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [since(day)])
        while some := cursor.fetchmany(5_000):
            yield from some


def shares_of_classes() -> dict[int, float]:
    """How much of each class is fresh: a class that is little known is worth more."""
    counted = FreshnessCount.objects.parts(FreshnessCount.By.CLASS)
    return {int(count.label): (count.fresh or 0) / count.living for count in counted if count.living}
