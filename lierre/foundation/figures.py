"""A figure: a number that never travels without its unit, period, definition and doubt."""

from dataclasses import dataclass

from django.utils.functional import Promise

from lierre.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """
    What an indicator answers. `value` is None when nobody knows: never 0 instead.

    `doubt`: half the width of what could as well be true, in the unit. `coverage`: share of what should be counted
    that was, from 0 to 1. `compared`: the same figure of another period.

    >>> from datetime import date
    >>> year = Period.academic_year(2025)
    >>> before = Figure("contact rate", 58.0, "%", year.previous(), "Graduates with an e-mail that works.")
    >>> now = Figure("contact rate", 61.5, "%", year, "Graduates with an e-mail that works.", compared=before)
    >>> now.change
    3.5
    """

    name: str | Promise
    value: float | int | None
    unit: str | Promise
    period: Period
    definition: str | Promise
    source: str | Promise = ""
    doubt: float | None = None
    coverage: float | None = None
    compared: "Figure | None" = None

    def __post_init__(self) -> None:
        if not self.definition:
            raise ValueError("A figure says what it counts.")
        if self.coverage is not None and not 0 <= self.coverage <= 1:
            raise ValueError("A coverage is a share, from 0 to 1.")
        if self.doubt is not None and self.doubt < 0:
            raise ValueError("A doubt is a width, never negative.")

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def change(self) -> float | int | None:
        """Difference with what it is compared to. None when either is unknown."""
        if self.compared is None or self.value is None or self.compared.value is None:
            return None
        return self.value - self.compared.value

    @property
    def is_within_doubt(self) -> bool:
        """Whether the change could be nothing: the two doubts together cover it."""
        if self.change is None or self.compared is None:
            return True
        return abs(self.change) <= (self.doubt or 0) + (self.compared.doubt or 0)
