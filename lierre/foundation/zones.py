"""Time zones: those that a person may choose, what each is called, and hours as their clock says."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FRANCE: Final[dict[str, str | Promise]] = {
    "Europe/Paris": _("Mainland France"),
    "America/Guadeloupe": _("Guadeloupe"),
    "America/Martinique": _("Martinique"),
    "America/Cayenne": _("French Guiana"),
    "Indian/Reunion": _("La Réunion"),
    "Indian/Mayotte": _("Mayotte"),
    "America/Miquelon": _("Saint-Pierre-et-Miquelon"),
    "America/St_Barthelemy": _("Saint-Barthélemy"),
    "America/Marigot": _("Saint-Martin"),
    "Pacific/Noumea": _("New Caledonia"),
    "Pacific/Tahiti": _("French Polynesia"),
    "Pacific/Marquesas": _("Marquesas Islands"),
    "Pacific/Gambier": _("Gambier Islands"),
    "Pacific/Wallis": _("Wallis and Futuna"),
}
AREAS: Final[dict[str, str | Promise]] = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": pgettext_lazy("ocean", "Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": pgettext_lazy("ocean", "Indian Ocean"),
    "Pacific": pgettext_lazy("ocean", "Pacific"),
}
Group = tuple[str | Promise, list[tuple[str, str | Promise]]]


@cache
def elsewhere() -> dict[str, list[str]]:
    """Area → the zones that this machine knows there, but for those of France. Zones that are no place are left out."""
    known: dict[str, list[str]] = {area: [] for area in AREAS}
    for name in sorted(available_timezones() - FRANCE.keys()):
        area, _slash, city = name.partition("/")
        if city and area in known:
            known[area].append(name)
    return known


def choices() -> Iterable[Group]:
    """France first, its territories overseas with it; then the world, by area."""
    yield _("France and its territories"), [(name, label) for name, label in FRANCE.items() if is_known(name)]
    for area, names in elsewhere().items():
        if names:
            yield AREAS[area], [(name, called(name)) for name in names]


@cache
def is_known(name: str) -> bool:
    return name in available_timezones()


def called(name: str) -> str:
    """
    As a person would say it.

    >>> called("America/Argentina/Buenos_Aires")
    'Argentina, Buenos Aires'
    """
    return str(FRANCE.get(name) or ", ".join(name.replace("_", " ").split("/")[1:]) or name)


def said(at: datetime, form: str) -> str:
    """A moment on the clock of whoever reads. Their zone is named when the clock of the institution says another hour."""
    local = timezone.localtime(at)
    words = date_format(local, form)
    if local.utcoffset() == timezone.localtime(at, timezone.get_default_timezone()).utcoffset():
        return words
    return f"{words} ({called(timezone.get_current_timezone_name())})"


def house_day() -> date:
    """Today on the clock of the institution, whoever asks from wherever: a role begins and ends for all at once."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
