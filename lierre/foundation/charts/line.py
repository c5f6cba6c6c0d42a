"""A course over time: one to three lines, their doubt, a goal. The line stops where nothing is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.charts.scale import Scale, at, percent
from lierre.foundation.charts.words import Chart, Words, between, number

TOP: Final = 12
HEIGHT: Final = 200
LABEL: Final = 16  # pixels that a line of text takes
MOST_LABELS: Final = 12


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is None when nobody knows. `low` and `high` say the doubt."""

    label: Words
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def doubt(self) -> str:
        return between(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Series:
    label: Words
    points: Sequence[Point]

    @property
    def last(self) -> tuple[int, float] | None:
        """Where the last known value is, and what it is."""
        known = [(index, point.value) for index, point in enumerate(self.points) if point.value is not None]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series as the template draws it, in a square of 1 000 by 1 000."""

    css: str
    lines: list[str]
    dots: list[tuple[str, str]]
    bands: list[str]
    end: tuple[str, str] | None
    label: str
    label_y: str


@dataclass(frozen=True, kw_only=True)
class Line(Chart):
    """The points of every series stand at the same moments."""

    template: ClassVar[str] = "foundation/charts/line.html"
    height: ClassVar[int] = HEIGHT
    top: ClassVar[int] = TOP

    series: Sequence[Series]
    goal: float | None = None
    from_zero: bool = False

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= 3:
            raise ValueError("One to three lines can be told apart.")
        if len({len(each.points) for each in self.series}) != 1:
            raise ValueError("Every line has a point at each moment, known or not.")

    @cached_property
    def scale(self) -> Scale:
        points = [point for each in self.series for point in each.points]
        values = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
        return Scale.over([*values, *([] if self.goal is None else [self.goal])], self.from_zero)

    def x(self, index: int) -> float:
        last = len(self.series[0].points) - 1
        return index / last if last else 0.5

    def y(self, value: float) -> float:
        """From the top, as SVG counts."""
        return 1 - self.scale.share(value)

    def place(self, index: int, value: float) -> str:
        return f"{at(self.x(index) * 1000)},{at(self.y(value) * 1000)}"

    @property
    def rules(self) -> list[tuple[str, str, str]]:
        """The graduations: their place in the plot, in the whole drawing, and their number."""
        decimals = 0 if self.scale.step >= 1 else len(str(self.scale.step).partition(".")[2])
        return [
            (percent(self.y(tick)), at(TOP + self.y(tick) * HEIGHT + 4), number(tick, decimals=decimals))
            for tick in self.scale.ticks
        ]

    @property
    def goal_place(self) -> tuple[str, str] | None:
        if self.goal is None:
            return None
        return percent(self.y(self.goal)), _("goal: %(value)s") % {"value": number(self.goal, self.unit)}

    @property
    def labels(self) -> list[tuple[str, str, str, str]]:
        """Under the axis: place, anchor, words, and whether it gives way on a phone."""
        points = self.series[0].points
        last = len(points) - 1
        step = -(-len(points) // MOST_LABELS)
        kept = [index for index in range(0, last, step) if index + step <= last or index == 0]
        found = []
        for order, index in enumerate([*kept, last] if last else [0]):
            anchor = "start" if index == 0 and last else "end" if index == last and last else "middle"
            gives_way = "minor" if 0 < index < last and (order % 3 or last - index < 3 * step) else ""
            found.append((percent(self.x(index)), anchor, str(points[index].label), gives_way))
        return found

    @property
    def gaps(self) -> list[str]:
        """Where the first line is not known: the middle of each gap."""
        points = enumerate(self.series[0].points)
        runs = [list(run) for missing, run in groupby(points, lambda each: each[1].value is None) if missing]
        return [percent((self.x(run[0][0]) + self.x(run[-1][0])) / 2) for run in runs]

    @property
    def drawn(self) -> list[Drawn]:
        return list(self.draw(self.label_places()))

    def draw(self, places: dict[int, float]) -> Iterator[Drawn]:
        for order, series in enumerate(self.series):
            runs = known_runs(series)
            end = series.last
            yield Drawn(
                css=f"s{order + 1}",
                lines=[" ".join(self.place(*each) for each in run) for run in runs if len(run) > 1],
                dots=[self.dot(*run[0]) for run in runs if len(run) == 1],
                bands=list(self.bands(series)),
                end=self.dot(*end) if end else None,
                label=str(series.label) if len(self.series) > 1 else "",
                label_y=percent(places.get(order, 0) / HEIGHT),
            )

    def dot(self, index: int, value: float) -> tuple[str, str]:
        return percent(self.x(index)), percent(self.y(value))

    def bands(self, series: Series) -> Iterator[str]:
        known = [(index, point) for index, point in enumerate(series.points)]
        for doubtful, run in groupby(known, lambda each: each[1].low is not None and each[1].high is not None):
            if doubtful:
                part = list(run)
                over = [self.place(index, point.high or 0) for index, point in part]
                under = [self.place(index, point.low or 0) for index, point in reversed(part)]
                yield " ".join(over + under)

    def label_places(self) -> dict[int, float]:
        """How low each line is named, in pixels, so that no name covers another."""
        wanted = sorted(
            (self.y(each.last[1]) * HEIGHT - 10, order) for order, each in enumerate(self.series) if each.last
        )
        places: dict[int, float] = {}
        lowest = float(LABEL - TOP)
        for place, order in wanted:
            places[order] = max(place, lowest)
            lowest = places[order] + LABEL
        return places

    def found(self) -> str:
        first = self.series[0]
        known = [point for point in first.points if point.value is not None]
        if not known:
            return _("Nothing is known yet.")
        highest = max(known, key=lambda point: point.value or 0)
        said = _("From %(start)s (%(start_at)s) to %(end)s (%(end_at)s); at most %(most)s (%(most_at)s).") % {
            "start": number(known[0].value, self.unit), "start_at": known[0].label,
            "end": number(known[-1].value, self.unit), "end_at": known[-1].label,
            "most": number(highest.value, self.unit), "most_at": highest.label,
        }  # fmt: skip
        missing = len(first.points) - len(known)
        if not missing:
            return said
        return f"{said} " + ngettext("%(count)d value is unknown.", "%(count)d values are unknown.", missing) % {
            "count": missing
        }

    @property
    def header(self) -> list[str]:
        doubtful = [_("doubt")] if any(point.doubt for point in self.series[0].points) else []
        return ["", *(str(each.label) for each in self.series), *doubtful]

    @property
    def rows(self) -> list[list[str]]:
        doubtful = any(point.doubt for point in self.series[0].points)
        return [
            [str(points[0].label), *(number(point.value, self.unit) for point in points)]
            + ([points[0].doubt] if doubtful else [])
            for points in zip(*(each.points for each in self.series), strict=True)
        ]


def known_runs(series: Series) -> list[list[tuple[int, float]]]:
    """
    The parts of a line where every value is known.

    >>> known_runs(Series("", [Point("a", 1), Point("b", 2), Point("c", None), Point("d", 4)]))
    [[(0, 1), (1, 2)], [(3, 4)]]
    """
    runs: list[list[tuple[int, float]]] = [[]]
    for index, point in enumerate(series.points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((index, point.value))
    return [run for run in runs if run]
