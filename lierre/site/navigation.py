"""The sections of the masthead, and the rooms behind them, as each person may enter them."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.accounts import permissions as accounts
from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import Ability, may
from lierre.people import permissions as people


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the house. Without an ability, whoever is signed in may enter."""

    label: str | Promise
    name: str
    ability: Ability | None = None


@dataclass(frozen=True, slots=True)
class Section:
    label: str | Promise
    address: str
    current: bool


# The masthead holds few words; the rest is behind "The house".
SECTIONS: Final = (
    Entry(_("Home"), "site:home"),
    Entry(_("Directory"), "people:directory", people.SEE_PERSONS),
    Entry(_("Imports"), "people:imports", people.BRING_FILES),
    Entry(_("Quarantine"), "people:quarantine", people.BRING_FILES),
    Entry(_("The house"), "site:house"),
)
HOUSE: Final = (
    Entry(_("Sources"), "people:sources", people.BRING_FILES),
    Entry(_("Trust"), "people:policy", people.DECIDE_POLICY),
    Entry(_("Units"), "accounts:units", accounts.SEE_UNITS),
    Entry(_("Users"), "accounts:users", accounts.SEE_USERS),
    Entry(_("Who can do what"), "accounts:rights", accounts.SEE_RIGHTS),
    Entry(_("Long works"), "foundation:works"),
    Entry(_("Duties"), "foundation:duties", foundation.SEE_DUTIES),
    Entry(_("Journal"), "foundation:journal", foundation.READ_JOURNAL),
)


def open_to(request: HttpRequest, entries: tuple[Entry, ...]) -> list[Section]:
    """The entries that this person may open."""
    found = []
    for entry in entries:
        if entry.ability is None or may(request.user, entry.ability):
            address = reverse(entry.name)
            here = request.path == address if entry.name == "site:home" else request.path.startswith(address)
            found.append(Section(entry.label, address, here))
    return found


def sections(request: HttpRequest) -> list[Section]:
    """What the masthead shows. Nothing before signing in."""
    return open_to(request, SECTIONS) if request.user.is_authenticated else []
