"""A figure as a page shows it: the number, what it counts, the doubt, and its course when it has one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lierre.foundation.charts import Sparkline
from lierre.foundation.charts.words import Words, number
from lierre.foundation.figures import Figure
from lierre.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class Shown:
    """`doubt` says how far it may be wrong; `beside` what to compare it with; `address` leads to those who are counted."""

    figure: Figure
    doubt: Words = ""
    beside: Words = ""
    address: str = ""
    course: Sparkline | None = None
    counted_at: datetime | None = None

    @property
    def value(self) -> str:
        return number(self.figure.value, self.figure.unit)


def figure(name: Words, value: float | None, unit: Words, definition: Words, coverage: float | None = None) -> Figure:
    """What is true today."""
    today = Period.twelve_months_to(timezone.localdate())
    return Figure(name, value, unit, today, definition, coverage=coverage)


def share(part: int, whole: int) -> float | None:
    """
    In hundredths; unknown when there is nobody to count.

    >>> share(1, 3), share(0, 0)
    (33.3, None)
    """
    return round(100 * part / whole, 1) if whole else None
