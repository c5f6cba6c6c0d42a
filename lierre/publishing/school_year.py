"""The school holidays of mainland France by zone, as carried here, with where and when they were read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holidays:
    """`first`: the Saturday on which they begin; `back`: the day when pupils are back. `zones`: "ABC" for everywhere."""

    label: Words
    zones: str
    first: date
    back: date


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """`is_checked`: whether these dates were compared with their source. Those that were not are said to be so."""

    name: str
    source: str
    read_on: date
    is_checked: bool
    holidays: tuple[Holidays, ...]


AUTUMN, CHRISTMAS, SUMMER = _("Autumn holidays"), _("Christmas holidays"), _("Summer holidays")
WINTER, SPRING = _("Winter holidays"), _("Spring holidays")
YEARS: Final = (
    SchoolYear(
        "2025-2026", "Arrêté du 7 décembre 2022 fixant le calendrier scolaire", date(2026, 11, 26), False,
        (
            Holidays(AUTUMN, "ABC", date(2025, 10, 18), date(2025, 11, 3)),
            Holidays(CHRISTMAS, "ABC", date(2025, 12, 20), date(2026, 1, 5)),
            Holidays(WINTER, "A", date(2026, 2, 7), date(2026, 2, 23)),
            Holidays(WINTER, "B", date(2026, 2, 14), date(2026, 3, 2)),
            Holidays(WINTER, "C", date(2026, 2, 21), date(2026, 3, 9)),
            Holidays(SPRING, "A", date(2026, 4, 4), date(2026, 4, 20)),
            Holidays(SPRING, "B", date(2026, 4, 11), date(2026, 4, 27)),
            Holidays(SPRING, "C", date(2026, 4, 18), date(2026, 5, 4)),
            Holidays(SUMMER, "ABC", date(2026, 7, 4), date(2026, 9, 1)),
        ),
    ),
    SchoolYear(
        "2026-2027", "education.gouv.fr/calendrier-scolaire", date(2026, 11, 26), False,
        (
            Holidays(AUTUMN, "ABC", date(2026, 10, 17), date(2026, 11, 2)),
            Holidays(CHRISTMAS, "ABC", date(2026, 12, 19), date(2027, 1, 4)),
            Holidays(WINTER, "C", date(2027, 2, 6), date(2027, 2, 22)),
            Holidays(WINTER, "A", date(2027, 2, 13), date(2027, 3, 1)),
            Holidays(WINTER, "B", date(2027, 2, 20), date(2027, 3, 8)),
            Holidays(SPRING, "C", date(2027, 4, 3), date(2027, 4, 19)),
            Holidays(SPRING, "A", date(2027, 4, 10), date(2027, 4, 26)),
            Holidays(SPRING, "B", date(2027, 4, 17), date(2027, 5, 3)),
        ),
    ),
)  # fmt: skip


def holidays(first: date, last: date) -> Iterator[tuple[date, date, str]]:
    """Those of these days: their first day, their last, and what they are, where."""
    for year in YEARS:
        for each in year.holidays:
            if each.first <= last and first < each.back:
                where = _("everywhere") if each.zones == "ABC" else _("zone %(zone)s") % {"zone": each.zones}
                yield each.first, each.back - A_DAY, f"{each.label}, {where}"


def known_until() -> date:
    return max(each.back for year in YEARS for each in year.holidays)
