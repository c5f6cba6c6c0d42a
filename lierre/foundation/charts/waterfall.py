"""What adds up: each step begins where the one before ended, and the last bar is the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from lierre.foundation.charts.scale import Scale, at, percent
from lierre.foundation.charts.words import Chart, Words, number, short

ROW: Final = 30
LONGEST_LABEL: Final = 20


@dataclass(frozen=True, slots=True)
class Rise:
    """What one step adds; below zero, what it takes away. `is_start`: where the sum begins, for no merit of its own."""

    label: Words
    value: float
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class DrawnRise:
    """`link_x`: where it hands over to the next; empty for the last."""

    css: str
    label: str
    value: str
    label_y: str
    bar_y: str
    x: str
    width: str
    link_x: str
    link_from: str
    link_to: str


@dataclass(frozen=True, kw_only=True)
class Waterfall(Chart):
    """`threshold`: the sum from which `beyond` is said rather than `below`."""

    template: ClassVar[str] = "foundation/charts/waterfall.html"

    steps: Sequence[Rise]
    total_label: Words
    threshold: float | None = None
    below: Words = ""
    beyond: Words = ""

    @cached_property
    def sums(self) -> list[float]:
        return list(accumulate((step.value for step in self.steps), initial=0.0))

    @property
    def total(self) -> float:
        return self.sums[-1]

    @cached_property
    def scale(self) -> Scale:
        return Scale.over([*self.sums, *([] if self.threshold is None else [self.threshold])])

    @property
    def plot_height(self) -> str:
        return at((len(self.steps) + 1) * ROW)

    @property
    def height(self) -> str:
        return at((len(self.steps) + 1) * ROW + 24)

    @property
    def words_y(self) -> str:
        return at((len(self.steps) + 1) * ROW + 18)

    @property
    def zero(self) -> str:
        return percent(self.scale.share(0))

    @property
    def zone(self) -> tuple[str, str] | None:
        """Where the sum says `beyond`: from, and how wide."""
        if self.threshold is None:
            return None
        share = self.scale.share(self.threshold)
        return percent(share), percent(1 - share)

    @property
    def drawn(self) -> list[DrawnRise]:
        """A bar for each step, then one for their sum."""
        bars = [(step.label, before, before + step.value, step.value, css_of(step)) for step, before in self.each]
        bars.append((self.total_label, 0.0, self.total, self.total, "total"))
        found = []
        for index, (label, start, end, value, css) in enumerate(bars):
            low, high = sorted((self.scale.share(start), self.scale.share(end)))
            is_last = index + 1 == len(bars)
            found.append(
                DrawnRise(
                    css=css,
                    label=short(label, LONGEST_LABEL),
                    value=signed(value),
                    label_y=at(index * ROW + 19),
                    bar_y=at(index * ROW + 8),
                    x=percent(low),
                    width=percent(max(high - low, 0.004)),
                    link_x="" if is_last else percent(self.scale.share(end)),
                    link_from=at(index * ROW + 22),
                    link_to=at((index + 1) * ROW + 8),
                )
            )
        return found

    @property
    def each(self) -> list[tuple[Rise, float]]:
        return list(zip(self.steps, self.sums, strict=False))

    def found(self) -> str:
        if not self.steps:
            return _("Nothing is known yet.")
        most = max(self.steps, key=lambda step: abs(step.value) * (not step.is_start))
        said = _("In all %(total)s; what counts most is “%(label)s”, %(value)s.") % {
            "total": signed(self.total), "label": most.label, "value": signed(most.value),
        }  # fmt: skip
        if self.threshold is None:
            return said
        limit = _("That is beyond %(limit)s.") if self.total >= self.threshold else _("That is short of %(limit)s.")
        return f"{said} {limit % {'limit': signed(self.threshold)}}"

    @property
    def header(self) -> list[str]:
        return ["", str(self.unit) or str(self.title), _("so far")]

    @property
    def rows(self) -> list[list[str]]:
        steps = [[str(step.label), signed(step.value), signed(before + step.value)] for step, before in self.each]
        return [*steps, [str(self.total_label), signed(self.total), ""]]


def css_of(step: Rise) -> str:
    if step.is_start:
        return "start"
    return "for" if step.value >= 0 else "against"


def signed(value: float) -> str:
    """
    >>> signed(10.4), signed(-13.25), signed(0)
    ('+10.4', '−13.2', '0')
    """
    rounded = round(value, 1)
    if not rounded:
        return "0"
    return ("+" if rounded > 0 else "−") + number(abs(rounded), decimals=1)
