"""Values side by side, each a bar read from zero, with its doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from lierre.foundation.charts.scale import Scale, at, percent
from lierre.foundation.charts.words import Chart, Words, between, number, short

ROW: Final = 46


@dataclass(frozen=True, slots=True)
class Bar:
    label: Words
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    label: str
    value: str
    label_y: str
    bar_y: str
    width: str | None  # None: unknown
    doubt_x: str
    doubt_width: str


@dataclass(frozen=True, kw_only=True)
class Bars(Chart):
    """In the order given: the caller knows whether it is that of size or of time."""

    template: ClassVar[str] = "foundation/charts/bars.html"

    bars: Sequence[Bar]

    @cached_property
    def scale(self) -> Scale:
        reach = max((value for bar in self.bars for value in (bar.value, bar.high) if value is not None), default=0)
        return Scale(0, reach or 1, reach or 1)

    @property
    def height(self) -> str:
        return at(len(self.bars) * ROW)

    @property
    def drawn(self) -> list[DrawnBar]:
        found = []
        for index, bar in enumerate(self.bars):
            low, high = self.scale.share(bar.low or 0), self.scale.share(bar.high or 0)
            found.append(
                DrawnBar(
                    label=short(bar.label),
                    value=number(bar.value, self.unit),
                    label_y=at(index * ROW + 14),
                    bar_y=at(index * ROW + 22),
                    width=None if bar.value is None else percent(self.scale.share(bar.value)),
                    doubt_x=percent(low),
                    doubt_width=percent(high - low) if bar.low is not None and bar.high is not None else "",
                )
            )
        return found

    def found(self) -> str:
        known = [bar for bar in self.bars if bar.value is not None]
        if not known:
            return _("Nothing is known yet.")
        most, least = (pick(known, key=lambda bar: bar.value or 0) for pick in (max, min))
        return _("Most: %(most)s, %(most_value)s. Least: %(least)s, %(least_value)s.") % {
            "most": most.label, "most_value": number(most.value, self.unit),
            "least": least.label, "least_value": number(least.value, self.unit),
        }  # fmt: skip

    @property
    def has_doubt(self) -> bool:
        return any(bar.low is not None for bar in self.bars)

    @property
    def header(self) -> list[str]:
        return ["", str(self.title), *([_("doubt")] if self.has_doubt else [])]

    @property
    def rows(self) -> list[list[str]]:
        return [
            [str(bar.label), number(bar.value, self.unit), *([between(bar.low, bar.high)] if self.has_doubt else [])]
            for bar in self.bars
        ]
