"""What the base of persons is worth, as figures of a period: each with its definition, its source and its doubt."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.foundation.figures import Figure
from lierre.foundation.periods import Period
from lierre.people.models import FreshnessCount

SOURCE: Final = _("the records of the base, counted every day")
LIVING: Final = _("Persons known to the base, of whom nobody said that they died, among all those who are known.")
REACHABLE: Final = _(
    "Among the living, those with at least one e-mail address that mail does not come back from, and who did not ask to"
    " be left alone. The doubt is that of addresses nobody proved nor repeated within two years."
)
CONFIRMED: Final = _(
    "Among the living, those of whom a source said something within two years. A message that was opened does not"
    " count, nor one that came back."
)
FRESH: Final = _("Among the living, those who can be reached and were confirmed within two years.")
POSITION: Final = _(
    "Among the living whose current position is known, those whose position itself was said within two years."
)


def counted_in(*periods: Period) -> list[FreshnessCount | None]:
    """The last count of each period, in one question to the base."""
    last = [
        FreshnessCount.objects.whole().filter(day__gte=period.first, day__lte=period.last).values("pk")[:1]
        for period in periods
    ]
    wanted = reduce(or_, (Q(pk=Subquery(count)) for count in last))
    found = list(FreshnessCount.objects.filter(wanted))
    return [next((count for count in found if period.contains(count.day)), None) for period in periods]


def living(period: Period) -> Figure:
    def value(count: FreshnessCount) -> float | None:
        return 100 * count.living / count.known if count.known else None

    return figure(_("known to be living"), LIVING, period, value)


def reachable(period: Period) -> Figure:
    return figure(_("reachable"), REACHABLE, period, lambda count: count.share("reachable"), doubt_of_addresses)


def confirmed(period: Period) -> Figure:
    return figure(_("confirmed within two years"), CONFIRMED, period, lambda count: count.share("confirmed"))


def fresh(period: Period) -> Figure:
    return figure(
        _("fresh: reachable and confirmed"), FRESH, period, lambda count: count.share("fresh"), doubt_of_addresses
    )


def position(period: Period) -> Figure:
    """Its coverage: the living whose position is known."""

    def value(count: FreshnessCount) -> float | None:
        return 100 * (count.working_confirmed or 0) / count.working if count.working else None

    def coverage(count: FreshnessCount) -> float | None:
        return (count.working or 0) / count.living if count.living else None

    return figure(_("current position confirmed"), POSITION, period, value, coverage=coverage)


Reading = Callable[[FreshnessCount], float | None]


def figure(
    name: str | Promise,
    definition: str | Promise,
    period: Period,
    value: Reading,
    doubt: Reading | None = None,
    coverage: Reading | None = None,
) -> Figure:
    """Unknown as long as nothing was counted in the period; compared with the period before, when it was."""

    def of(count: FreshnessCount | None, period: Period, compared: Figure | None = None) -> Figure:
        said = [read(count) if count and read else None for read in (value, doubt, coverage)]
        return Figure(name, said[0], "%", period, definition, SOURCE, said[1], said[2], compared)

    now, before = counted_in(period, period.previous())
    return of(now, period, of(before, period.previous()) if before else None)


def doubt_of_addresses(count: FreshnessCount) -> float | None:
    """Half of what separates the addresses that are sure from all of them."""
    if count.reachable is None or count.surely is None or not count.living:
        return None
    return 50 * (count.reachable - count.surely) / count.living
