"""Days that matter to whoever plans: public holidays of France, and days of the world that universities speak of."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIXED: Final[dict[tuple[int, int], str | Promise]] = {
    (1, 1): _("New Year’s Day, holiday"),
    (5, 1): _("Labour Day, holiday"),
    (5, 8): _("Victory of 1945, holiday"),
    (7, 14): _("National holiday"),
    (8, 15): _("Assumption, holiday"),
    (11, 1): _("All Saints, holiday"),
    (11, 11): _("Armistice, holiday"),
    (12, 25): _("Christmas, holiday"),
    (2, 11): _("Women and girls in science"),
    (3, 8): _("Women’s rights"),
    (5, 17): _("Against homophobia and transphobia"),
    (10, 10): _("World mental health day"),
    (11, 25): _("Against violence towards women"),
    (12, 3): _("Persons with disabilities"),
}
# Days after Easter Sunday.
MOVING: Final[dict[int, str | Promise]] = {
    1: _("Easter Monday, holiday"),
    39: _("Ascension, holiday"),
    50: _("Whit Monday, holiday"),
}


def landmarks(first: date, last: date) -> Iterator[tuple[date, str, bool]]:
    """(day, words, whether it is ours). Both ends included."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if (day.month, day.day) in FIXED:
            yield day, str(FIXED[day.month, day.day]), False
        after = (day - easter(day.year)).days
        if after in MOVING:
            yield day, str(MOVING[after]), False


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
