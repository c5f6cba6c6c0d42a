"""A course beside a figure: no graduation, the doubt, the last point. The sentence gives the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

from lierre.foundation.charts.line import Line, Point, Series
from lierre.foundation.charts.scale import at
from lierre.foundation.charts.words import Chart

WIDTH: Final = 220
HEIGHT: Final = 44


@dataclass(frozen=True, kw_only=True)
class Sparkline(Chart):
    template: ClassVar[str] = "foundation/charts/sparkline.html"

    points: Sequence[Point]

    @cached_property
    def line(self) -> Line:
        """The same course, as a line: it knows where everything stands."""
        return Line(title=self.title, unit=self.unit, series=[Series(self.title, self.points)])

    @property
    def end(self) -> tuple[str, str] | None:
        last = self.line.series[0].last
        if last is None:
            return None
        return at(self.line.x(last[0]) * WIDTH), at(self.line.y(last[1]) * HEIGHT)

    @property
    def first_label(self) -> str:
        return str(self.points[0].label) if self.points else ""

    @property
    def last_label(self) -> str:
        return str(self.points[-1].label) if self.points else ""

    def found(self) -> str:
        return self.line.found()

    @property
    def header(self) -> list[str]:
        return self.line.header

    @property
    def rows(self) -> list[list[str]]:
        return self.line.rows
