"""Wholes and their parts: one bar for each whole, cut where its parts meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from lierre.foundation.charts.scale import at, percent
from lierre.foundation.charts.words import Chart, Words, number, short

ROW: Final = 50
MOST_PARTS: Final = 5
# A narrower part has no room for its number, on a phone, than the table.
NARROWEST: Final = 0.16


@dataclass(frozen=True, slots=True)
class StackedBar:
    """`values`: one for each part, None when nobody knows."""

    label: Words
    values: Sequence[float | None]

    @property
    def known(self) -> float:
        return sum(value for value in self.values if value is not None)

    @property
    def is_whole(self) -> bool:
        return all(value is not None for value in self.values)


@dataclass(frozen=True, slots=True)
class Segment:
    css: str
    x: str
    width: str
    middle: str
    value: str


@dataclass(frozen=True, slots=True)
class DrawnStack:
    label: str
    total: str
    label_y: str
    bar_y: str
    text_y: str
    segments: list[Segment]


@dataclass(frozen=True, kw_only=True)
class Stacked(Chart):
    template: ClassVar[str] = "foundation/charts/stacked.html"

    parts: Sequence[Words]
    bars: Sequence[StackedBar]

    def __post_init__(self) -> None:
        if len(self.parts) > MOST_PARTS:
            raise ValueError("Five parts can be told apart: add up the smallest ones.")
        if any(len(bar.values) != len(self.parts) for bar in self.bars):
            raise ValueError("Every bar has a value for each part, known or not.")

    @property
    def height(self) -> str:
        return at(len(self.bars) * ROW)

    @property
    def key(self) -> list[tuple[str, Words]]:
        return [(f"p{order + 1}", part) for order, part in enumerate(self.parts)]

    def total(self, bar: StackedBar) -> str:
        if bar.is_whole:
            return number(bar.known, self.unit)
        return _("at least %(value)s") % {"value": number(bar.known, self.unit)}

    @property
    def drawn(self) -> list[DrawnStack]:
        longest = max((bar.known for bar in self.bars), default=0) or 1
        return [
            DrawnStack(
                label=short(bar.label),
                total=self.total(bar),
                label_y=at(index * ROW + 14),
                bar_y=at(index * ROW + 22),
                text_y=at(index * ROW + 35),
                segments=self.segments(bar, longest),
            )
            for index, bar in enumerate(self.bars)
        ]

    def segments(self, bar: StackedBar, longest: float) -> list[Segment]:
        found, start = [], 0.0
        for order, value in enumerate(bar.values):
            if value:
                share = value / longest
                shown = number(value) if share >= NARROWEST else ""
                middle = percent(start + share / 2)
                found.append(Segment(f"p{order + 1}", percent(start), percent(share), middle, shown))
                start += share
        return found

    def found(self) -> str:
        sums = [sum(bar.values[order] or 0 for bar in self.bars) for order in range(len(self.parts))]
        whole = sum(sums)
        if not whole:
            return _("Nothing is known yet.")
        most = sums.index(max(sums))
        said = _("%(total)s in all; the largest part is “%(part)s”, %(share)s.") % {
            "total": number(whole, self.unit),
            "part": self.parts[most],
            "share": number(round(100 * sums[most] / whole), "%"),
        }
        return said if all(bar.is_whole for bar in self.bars) else f"{said} {_('Some parts are unknown.')}"

    @property
    def header(self) -> list[str]:
        return ["", *map(str, self.parts), _("total")]

    @property
    def rows(self) -> list[list[str]]:
        return [
            [str(bar.label), *(number(value, self.unit) for value in bar.values), self.total(bar)] for bar in self.bars
        ]
