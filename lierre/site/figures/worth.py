"""What the base is worth: whom we can write to, whom we have heard of, who speaks for themselves."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zlib import crc32

import numpy as np
from django.core.cache import cache
from django.db import connection
from django.db.models import Avg, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.charts import Point, Sparkline
from lierre.foundation.charts.words import between, number
from lierre.foundation.periods import months_later
from lierre.people.directory.facets import BANDS
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import GRADUATES, Viewer
from lierre.people.fold.visibility import BITS
from lierre.people.models import DirectoryEntry, Person
from lierre.people.models.imports import EPOCH
from lierre.site.figures.shown import Shown, figure, share

# Counting a million persons takes a second or two: it is done once in ten minutes, and the page says when.
KEPT_FOR: Final = 600
TWO_YEARS: Final = timedelta(days=730)
MONTHS: Final = 12
DECADE: Final = 10

REACHABLE: Final = """
SELECT count(DISTINCT contact.person_id),
       count(DISTINCT CASE WHEN contact.confirmed OR record.asserted >= %s THEN contact.person_id END)
FROM people_contactpoint contact
JOIN people_person person ON person.id = contact.person_id
LEFT JOIN people_record record ON record.id = contact.record_id
WHERE contact.kind = 'email' AND NOT contact.refused AND person.died = '' AND NOT person.do_not_contact
"""
WORKING: Final = """
SELECT count(DISTINCT position.person_id) FROM people_position position
JOIN people_person person ON person.id = position.person_id WHERE position.is_current AND person.died = ''
"""
SPOKE: Final = """
SELECT count(DISTINCT record.person_id) FROM people_record record
JOIN people_source source ON source.id = record.source_id WHERE source.kind IN ('member', 'archive')
"""
CHOSE: Final = """
SELECT count(DISTINCT record.person_id) FROM people_record record JOIN people_source source ON source.id = record.source_id
WHERE source.kind = 'member' AND record.facts LIKE %s
"""
HEARD_BY_DAY: Final = "SELECT asserted, count(*) FROM people_record WHERE asserted > %s GROUP BY asserted"


@dataclass(frozen=True, slots=True)
class Base:
    """
    Numbers of persons, but for `completeness` (a share) and `heard` (testimonies, month by month).

    `classes`: the decade, those who graduated in it, those of whom nothing was heard for two years.
    """

    alive: int
    reachable: int
    surely_reachable: int
    fresh: int
    working: int
    spoke: int
    chose: int
    hidden: int
    classes: tuple[tuple[int, int, int], ...]
    completeness: float | None
    heard: tuple[tuple[date, int], ...]
    counted_at: datetime


# Plain values are kept, never the class: what an older version of Lierre left must not stop this one.
KEPT: Final = f"site.worth.{crc32(' '.join(Base.__slots__).encode()):x}"


def base() -> Base:
    kept = cache.get(KEPT)
    if kept is None:
        kept = astuple(counted())
        cache.set(KEPT, kept, KEPT_FOR)
    return Base(*kept)


def counted() -> Base:
    today = timezone.localdate()
    recent = (today - TWO_YEARS - EPOCH).days
    alive = Person.objects.alive().filter(record_id__isnull=False)
    with connection.cursor() as cursor:
        cursor.execute(REACHABLE, [recent])
        reachable, surely = cursor.fetchone()
        cursor.execute(WORKING)
        (working,) = cursor.fetchone()
        cursor.execute(SPOKE)
        (spoke,) = cursor.fetchone()
        cursor.execute(CHOSE, ['%"audience\\_%'] if connection.vendor != "sqlite" else ['%"audience_%'])
        (chose,) = cursor.fetchone()
    return Base(
        alive.count(), reachable, surely, alive.filter(~Q(heard__lt=recent)).count(), working, spoke, chose,
        hidden(), classes(), alive.aggregate(mean=Avg("completeness"))["mean"], heard_by_month(today), timezone.now(),
    )  # fmt: skip


def hidden() -> int:
    """Those who do not exist for other graduates."""
    shown = sum(BITS[audience, "name"] for audience in GRADUATES.audiences)
    return DirectoryEntry.objects.annotate(shown=F("mask").bitand(shown)).filter(shown=0).count()


def classes() -> tuple[tuple[int, int, int], ...]:
    sight = sight_of(Viewer(everything=True))
    decades = sight.columns.codes["year"][sight.everybody] // DECADE * DECADE
    stale = sight.freshness[sight.everybody] == len(BANDS)
    known = np.unique(decades[decades > 0]).tolist()
    return tuple((each, int((decades == each).sum()), int(stale[decades == each].sum())) for each in known)


def heard_by_month(today: date) -> tuple[tuple[date, int], ...]:
    """The last twelve whole months and this one."""
    first = months_later(today.replace(day=1), -MONTHS)
    counts = {months_later(first, number): 0 for number in range(MONTHS + 1)}
    with connection.cursor() as cursor:
        cursor.execute(HEARD_BY_DAY, [(first - EPOCH).days - 1])
        for day, count in cursor.fetchall():
            month = (EPOCH + timedelta(days=day)).replace(day=1)
            if month in counts:
                counts[month] += count
    return tuple(counts.items())


def figures_of_the_base() -> Iterator[Shown]:
    found = base()
    yield reachable(found)
    yield fresh(found)
    yield spoke(found)
    yield working(found)


def reachable(found: Base) -> Shown:
    value, surely = share(found.reachable, found.alive), share(found.surely_reachable, found.alive)
    return Shown(
        figure(_("Graduates whom we can reach"), value, "%",
               _("Living persons who have an e-mail that does not come back, and who did not ask us to stop writing.")),
        doubt=between(surely, value, "%") if value != surely else "",
        beside=_("The low end counts only addresses that were proven, or told less than two years ago."),
        counted_at=found.counted_at,
    )  # fmt: skip


def fresh(found: Base) -> Shown:
    return Shown(
        figure(_("Heard of within two years"), share(found.fresh, found.alive), "%",
               _("Living persons of whom at least one source said something in the last two years.")),
        beside=_("%(count)s persons are to be asked again.") % {"count": number(found.alive - found.fresh)},
        address=f"{reverse('people:directory')}?fraicheur=a-confirmer", counted_at=found.counted_at, course=course(found),
    )  # fmt: skip


def spoke(found: Base) -> Shown:
    return Shown(
        figure(_("Who spoke for themselves"), found.spoke, "",
               _("Persons who said something here, or brought their own archive, at least once.")),
        beside=_("Out of %(count)s living persons.") % {"count": number(found.alive)},
        counted_at=found.counted_at,
    )  # fmt: skip


def working(found: Base) -> Shown:
    return Shown(
        figure(_("Whose position is known"), share(found.working, found.alive), "%",
               _("Living persons with a position that nobody said was over. Those who are looking for one count as unknown.")),
        counted_at=found.counted_at,
    )  # fmt: skip


def course(found: Base) -> Sparkline:
    """Testimonies heard each month; the month that is not over is left out."""
    points = [Point(date_format(month, "N Y"), count) for month, count in found.heard[:-1]]
    return Sparkline(title=_("Testimonies heard each month"), points=points, name="heard")
