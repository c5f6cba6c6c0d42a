"""Days that matter to whoever plans: public holidays of France, days of the world, school holidays, and those of ours."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.publishing import school_year
from lierre.publishing.models import Landmark

Words = str | Promise
# Code du travail, article L3133-1.
HOLIDAYS: Final[dict[tuple[int, int], Words]] = {
    (1, 1): _("New Year’s Day, holiday"),
    (5, 1): _("Labour Day, holiday"),
    (5, 8): _("Victory of 1945, holiday"),
    (7, 14): _("National holiday"),
    (8, 15): _("Assumption, holiday"),
    (11, 1): _("All Saints, holiday"),
    (11, 11): _("Armistice, holiday"),
    (12, 25): _("Christmas, holiday"),
}
# Days after Easter Sunday.
MOVING: Final[dict[int, Words]] = {
    1: _("Easter Monday, holiday"),
    39: _("Ascension, holiday"),
    50: _("Whit Monday, holiday"),
}
# Proclaimed by the United Nations or its agencies, by the European Union or by the French State; on the same day each year.
WORLD: Final[dict[tuple[int, int], Words]] = {
    (1, 24): _("Education"),
    (2, 11): _("Women and girls in science"),
    (3, 8): _("Women’s rights"),
    (3, 20): _("French language"),
    (3, 21): _("Against racial discrimination"),
    (3, 22): _("Water"),
    (4, 7): _("Health"),
    (4, 22): _("The Earth"),
    (5, 9): _("Europe"),
    (5, 17): _("Against homophobia and transphobia"),
    (6, 5): _("Environment"),
    (6, 8): _("The ocean"),
    (8, 12): _("Youth"),
    (10, 5): _("Teachers"),
    (10, 10): _("World mental health day"),
    (11, 17): _("Students"),
    (11, 20): _("Rights of the child"),
    (11, 25): _("Against violence towards women"),
    (12, 1): _("Against AIDS"),
    (12, 3): _("Persons with disabilities"),
    (12, 5): _("Volunteers"),
    (12, 9): _("Secularism"),
    (12, 10): _("Human rights"),
}


def landmarks(first: date, last: date, seen: date | None = None) -> Iterator[tuple[date, str, bool]]:
    """
    (day, words, whether it is ours). Both ends included. A period is told on its first day; one that had begun is told, with
    its end, on the first day that everybody sees (`seen`: on a phone, a month shows no day of the one before).
    """
    seen = seen or first
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for words in (holiday(day), WORLD.get((day.month, day.day))):
            if words:
                yield day, str(words), False
    for begins, ends, words in school_year.holidays(first, last):
        yield from ((day, said, False) for day, said in told(words, begins, ends, first, seen))
    for ours in Landmark.objects.between(first, last):
        yield from ((day, said, True) for day, said in told(ours.label, ours.first, ours.last, first, seen))


def told(words: str, begins: date, ends: date, first: date, seen: date) -> Iterator[tuple[date, str]]:
    if begins >= first:
        yield begins, words
    if begins < seen <= ends:
        yield seen, gettext("%(what)s, until %(day)s") % {"what": words, "day": date_format(ends, "j F")}


def holiday(day: date) -> Words:
    """What is celebrated on a public holiday; "" on any other day."""
    after = (day - easter(day.year)).days
    return HOLIDAYS.get((day.month, day.day)) or MOVING.get(after) or ""


def is_holiday(day: date) -> bool:
    """
    >>> is_holiday(date(2027, 5, 6)), is_holiday(date(2026, 12, 25)), is_holiday(date(2026, 12, 26))
    (True, True, False)
    """
    return bool(holiday(day))


@cache
def easter(year: int) -> date:
    """
    Easter Sunday (the computation of Meeus, Jones and Butcher, for the Gregorian calendar).

    >>> easter(2026), easter(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
