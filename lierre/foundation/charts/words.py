"""Values in words: with their unit, as the language of the page writes them; unknown is a word too."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from django.utils import formats
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

Words = str | Promise
THIN = "\N{NARROW NO-BREAK SPACE}"


def number(value: float | None, unit: Words = "", decimals: int | None = None) -> str:
    r"""
    >>> number(61_200), number(61.58, "%"), number(3, "€", 2), number(None)
    ('61,200', '61.6\u202f%', '3.00\u202f€', 'unknown')
    """
    if value is None:
        return _("unknown")
    if decimals is None:
        decimals = 0 if abs(value) >= 100 or value == int(value) else 1
    written = str(formats.number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True))
    return f"{written}{THIN}{unit}" if str(unit) else written


def between(low: float | None, high: float | None, unit: Words = "") -> str:
    """
    The doubt of a value; nothing when there is none.

    >>> between(1050, 1430), between(None, None)
    ('between 1,050 and 1,430', '')
    """
    if low is None or high is None:
        return ""
    return _("between %(low)s and %(high)s") % {"low": number(low), "high": number(high, unit)}


def short(text: Words, most: int = 44) -> str:
    """
    A label that holds on one line of a phone.

    >>> short("Administration", 8)
    'Adminis…'
    """
    whole = str(text)
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(ABC):
    """What every chart says. Without a `sentence`, the chart finds one in what it shows."""

    template: ClassVar[str]

    title: Words
    unit: Words = ""
    sentence: Words = ""
    name: str = ""  # tells two charts of the same title apart in one page

    @property
    def id(self) -> str:
        return self.name or f"chart-{slugify(str(self.title))}"

    @property
    def said(self) -> str:
        return str(self.sentence) or self.found()

    @abstractmethod
    def found(self) -> str:
        """The sentence that the values themselves say."""
