"""Who sees what: families of values × audiences, as the person chose."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import BITS, FAMILIES

FAMILY_LABELS: Final[dict[str, str | Promise]] = {
    "name": _("Name"),
    "study": _("Studies and class year"),
    "position": _("Position and career"),
    "place": _("Place"),
    "contact": _("Contact points"),
    "birth": _("Birth"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One family of values, and whether each audience sees it."""

    family: str
    label: str | Promise
    seen: tuple[tuple[str, bool], ...]


def choices(mask: int) -> list[Choice]:
    """The table, family by family. A hidden name hides the rest, so the rest is shown as hidden."""
    return [
        Choice(
            family,
            FAMILY_LABELS[family],
            tuple((name, bool(mask & BITS[name, "name"] and mask & BITS[name, family])) for name in AUDIENCES),
        )
        for family in FAMILIES
    ]
