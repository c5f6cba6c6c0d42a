"""How many go on from one step to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from lierre.foundation.charts.scale import at, percent
from lierre.foundation.charts.words import Chart, Words, number, short

ROW: Final = 72


@dataclass(frozen=True, slots=True)
class Step:
    label: Words
    value: float | None


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """`passage`: the slope to the next step, in a square of 100 by 100; empty when one of the two is unknown."""

    label: str
    value: str
    label_y: str
    bar_y: str
    width: str | None
    passage: str
    passage_y: str
    words_y: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Funnel(Chart):
    template: ClassVar[str] = "foundation/charts/funnel.html"

    steps: Sequence[Step]

    @property
    def height(self) -> str:
        return at(len(self.steps) * ROW - 26)

    def share(self, step: Step) -> float | None:
        """Of the largest step, to draw."""
        most = max((each.value for each in self.steps if each.value is not None), default=0)
        return None if step.value is None or not most else step.value / most

    @property
    def drawn(self) -> list[DrawnStep]:
        found = []
        for index, step in enumerate(self.steps):
            after = self.steps[index + 1] if index + 1 < len(self.steps) else None
            here, there = self.share(step), self.share(after) if after else None
            slope = "" if here is None or there is None else f"0,0 {at(here * 100)},0 {at(there * 100)},100 0,100"
            found.append(
                DrawnStep(
                    label=short(step.label),
                    value=number(step.value, self.unit),
                    label_y=at(index * ROW + 14),
                    bar_y=at(index * ROW + 22),
                    width=None if here is None else percent(here),
                    passage=slope,
                    passage_y=at(index * ROW + 40),
                    words_y=at(index * ROW + 55),
                    words=passage(step, after) if after else "",
                )
            )
        return found

    def found(self) -> str:
        known = [step for step in self.steps if step.value is not None]
        if len(known) < 2 or not known[0].value:
            return _("Nothing is known yet.")
        return _("“%(first)s”: %(many)s; “%(last)s”: %(few)s, that is %(share)s.") % {
            "first": known[0].label, "many": number(known[0].value, self.unit),
            "last": known[-1].label, "few": number(known[-1].value, self.unit),
            "share": number(100 * (known[-1].value or 0) / known[0].value, "%"),
        }  # fmt: skip

    @property
    def header(self) -> list[str]:
        return [_("step"), str(self.title), _("of the step before")]

    @property
    def rows(self) -> list[list[str]]:
        before: Step | None = None
        found = []
        for step in self.steps:
            found.append([str(step.label), number(step.value, self.unit), rate(before, step) if before else ""])
            before = step
        return found


def rate(before: Step, after: Step) -> str:
    r"""
    >>> rate(Step("seen", 200), Step("opened", 90)), rate(Step("seen", None), Step("opened", 90))
    ('45\u202f%', 'unknown')
    """
    if not before.value or after.value is None:
        return number(None)
    return number(round(100 * after.value / before.value), "%")


def passage(before: Step, after: Step) -> str:
    if not before.value or after.value is None:
        return _("how many go on is unknown")
    return _("%(share)s go on") % {"share": rate(before, after)}
