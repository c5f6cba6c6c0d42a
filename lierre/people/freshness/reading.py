"""What the page of freshness shows: the figures, their course, and the parts of the base, each leading to its persons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.charts import Line, Point, Series
from lierre.foundation.charts.words import number
from lierre.foundation.figures import Figure
from lierre.foundation.periods import Period
from lierre.people import indicators
from lierre.people.directory.facets import FACET
from lierre.people.models import FreshnessCount

By = FreshnessCount.By
SHOWN: Final = 10
FEWEST: Final = 5  # a share of four persons says nothing
TITLES: Final[dict[str, str | Promise]] = {
    By.CLASS: gettext_lazy("Class by class"),
    By.UNIT: gettext_lazy("By faculty or school"),
    By.DEGREE: gettext_lazy("By degree"),
    By.EMPLOYER: gettext_lazy("By employer"),
}
FACET_OF: Final = {By.CLASS: "year", By.UNIT: "unit", By.DEGREE: "degree", By.EMPLOYER: "employer"}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table. `name` is what is shown, where the directory is asked for a code."""

    count: FreshnessCount
    name: str = ""

    @property
    def label(self) -> str:
        return self.name or self.count.label

    @property
    def shares(self) -> list[tuple[str, str]]:
        names = {"reachable": _("reachable"), "confirmed": _("confirmed"), "fresh": _("fresh")}
        return [(label, number(self.count.share(name), "%", 0)) for name, label in names.items()]

    @property
    def address(self) -> str:
        """Its persons who are to be confirmed, in the directory."""
        facet = FACET[FACET_OF[By(self.count.by)]]
        chosen = {facet.parameter: self.count.label, FACET["freshness"].parameter: "a-confirmer"}
        return f"{reverse('people:directory')}?{urlencode(chosen)}"


@dataclass(frozen=True, slots=True)
class Table:
    """`shown` at once; the `others` behind them."""

    by: str
    parts: Sequence[Part]

    @property
    def title(self) -> str | Promise:
        return TITLES[self.by]

    @property
    def heading(self) -> str:
        return str(By(self.by).label)

    @property
    def shown(self) -> Sequence[Part]:
        return self.parts[:SHOWN]

    @property
    def others(self) -> Sequence[Part]:
        return self.parts[SHOWN:]


class Freshness:
    """Four questions to the base for the parts, one for the course, and the figures."""

    def __init__(self, today: date) -> None:
        self.period = Period.twelve_months_to(today)

    @cached_property
    def last(self) -> FreshnessCount | None:
        return next(iter(self.wholes), None)

    @cached_property
    def wholes(self) -> list[FreshnessCount]:
        return list(FreshnessCount.objects.whole()[:800])

    @cached_property
    def counts(self) -> dict[str, list[FreshnessCount]]:
        found: dict[str, list[FreshnessCount]] = {by: [] for by in (*TITLES, By.MONTH)}
        for count in FreshnessCount.objects.exclude(by=By.WHOLE).order_by("by", "-living", "label"):
            if count.living >= FEWEST and count.by in found:
                found[count.by].append(count)
        return found

    def figures(self) -> list[Figure]:
        asked = (indicators.living, indicators.reachable, indicators.confirmed, indicators.fresh)
        return [ask(self.period) for ask in asked]

    def position(self) -> Figure:
        return indicators.position(self.period)

    def tables(self) -> list[Table]:
        units = dict(Unit.objects.values_list("code", "name"))
        found = (
            Table(by, [Part(count, units.get(count.label, "") if by == By.UNIT else "") for count in self.counts[by]])
            for by in (By.UNIT, By.DEGREE, By.EMPLOYER)
        )
        return [table for table in found if table.parts]

    def classes(self) -> Table:
        latest_first = sorted(self.counts[By.CLASS], key=lambda count: count.label, reverse=True)
        return Table(By.CLASS, [Part(count) for count in latest_first])

    def by_class(self) -> Line | None:
        """The eldest on the left. Every year stands there, so that one where nobody is known is seen."""
        counts = {int(count.label): count for count in self.counts[By.CLASS]}
        if len(counts) < 2:
            return None
        years = range(min(counts), max(counts) + 1)
        series = [
            Series(label, [Point(str(year), rounded(counts.get(year), name)) for year in years])
            for label, name in ((_("reachable"), "reachable"), (_("confirmed"), "confirmed"))
        ]
        return Line(title=_("Class by class"), unit="%", series=series, from_zero=True, name="by-class")

    def course(self) -> Line | None:
        """What was confirmed is read in the dates of records; what was reachable is known since it is counted."""
        months = sorted(self.counts[By.MONTH], key=lambda count: count.label)
        if not months:
            return None
        counted = {f"{count.day:%Y-%m}": count for count in reversed(self.wholes)}
        labels = [date_format(date.fromisoformat(f"{month.label}-01"), "N Y") for month in months]
        confirmed = [Point(label, rounded(month, "confirmed")) for label, month in zip(labels, months, strict=True)]
        reachable = [
            Point(label, rounded(counted.get(month.label), "reachable"))
            for label, month in zip(labels, months, strict=True)
        ]
        series = [Series(_("confirmed"), confirmed)]
        if sum(point.value is not None for point in reachable) > 1:
            series.append(Series(_("reachable"), reachable))
        return Line(title=_("Two years, month by month"), unit="%", series=series, from_zero=True, name="course")


def rounded(count: FreshnessCount | None, name: str) -> float | None:
    share = count.share(name) if count else None
    return None if share is None else round(share, 1)


def header() -> list[str]:
    return [
        _("Counted on"), _("Counted by"), _("Name"), _("Living"), _("Reachable"), _("Confirmed within two years"),
        _("Reachable and confirmed"),
    ]  # fmt: skip


def rows() -> Iterator[Sequence[Any]]:
    """Everything that was counted, for a file: numbers, so that whoever reads it computes its own shares."""
    for count in FreshnessCount.objects.order_by("by", "-day", "-living", "label").iterator(chunk_size=1_000):
        yield (
            count.day, str(By(count.by).label), count.label, count.living, count.reachable, count.confirmed, count.fresh,
        )  # fmt: skip
