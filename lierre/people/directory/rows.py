"""Persons as a list shows them, read again from the base with the mask: memory only counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from lierre.people.directory.sight import Sight
from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.facts import LEVELS
from lierre.people.models import DirectoryEntry, Position
from lierre.people.models.imports import EPOCH

AT_ONCE: Final = 500
SOMEBODY: Final = "somebody"


@dataclass(frozen=True, slots=True)
class Row:
    """Empty where nothing is known, or where nothing may be seen: nobody can tell which."""

    public_id: str
    name: str
    other_name: str = ""  # of birth, when another is borne; staff only
    year: int | None = None
    degree: str = ""
    level: str = ""
    discipline: str = ""
    unit: str = ""
    employer: str = ""
    title: str = ""
    occupation: str = ""
    sector: str = ""
    city: str = ""
    department: str = ""
    country: str = ""
    heard_on: date | None = None
    moon: str = "none"
    deceased: bool = False
    hidden_from_graduates: bool = False

    @property
    def address(self) -> str:
        return address_around().replace(SOMEBODY, self.public_id)

    @property
    def state(self) -> str:
        """What must be known before writing to this person, or speaking of them."""
        if self.deceased:
            return _("deceased")
        return _("hidden from graduates") if self.hidden_from_graduates else ""

    @property
    def doing(self) -> str:
        return ", ".join(filter(None, [self.title or self.occupation, self.employer, self.city]))

    @property
    def studied(self) -> str:
        return ", ".join(filter(None, [self.degree, str(self.year or "")]))


@cache
def address_around() -> str:
    """Resolving an address takes longer than reading the row it leads to."""
    return reverse("people:person", args=[SOMEBODY])


def rows_of(sight: Sight, ids: Sequence[int], brief: bool = False) -> list[Row]:
    """In the order of the numbers. Someone who has just hidden, or gone, is left out. Brief: neither title nor city."""
    found: dict[int, Row] = {}
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        entries = DirectoryEntry.objects.filter(pk__in=some).select_related("person")
        current = () if brief else Position.objects.filter(person_id__in=some, is_current=True)
        positions = {each.person_id: each for each in current}
        found |= {
            entry.pk: row_of(sight, entry, positions.get(entry.pk), together=entry.together)
            for entry in sight.viewer.marking_companions(entries)
            if sight.viewer.sees(entry.mask, entry.year, together=entry.together)
        }
    return [found[number] for number in ids if number in found]


def all_rows(sight: Sight, ids: Sequence[int]) -> Iterator[Row]:
    """The same for long lists, some at a time."""
    for at in range(0, len(ids), AT_ONCE):
        yield from rows_of(sight, ids[at : at + AT_ONCE])


def row_of(sight: Sight, entry: DirectoryEntry, position: Position | None, *, together: bool = False) -> Row:
    """Family by family, as the mask that has just been read says. `together`: in one of the viewer's groups."""
    viewer, person = sight.viewer, entry.person
    values: dict[str, Any] = {}
    if viewer.sees(entry.mask, entry.year, "study", together=together):
        values |= {
            "year": entry.year,
            "level": str(LEVELS.get(entry.level, "")),
            **terms(sight, entry, "degree", "discipline", "unit"),
        }
    if viewer.sees(entry.mask, entry.year, "position", together=together):
        values |= terms(sight, entry, "employer", "occupation", "sector")
        values["title"] = position.title if position else ""
    if viewer.sees(entry.mask, entry.year, "place", together=together):
        values |= terms(sight, entry, "department", "country")
        # Where someone works says where they live, so the city asks for both families.
        values["city"] = position.city if position and "title" in values else ""
    if viewer.everything:
        values |= {
            "other_name": person.family if person.usage and person.usage != person.family else "",
            "heard_on": EPOCH + timedelta(days=entry.heard) if entry.heard else None,
            "deceased": bool(person.died),
            "moon": moon(sight.today - entry.heard),
            "hidden_from_graduates": hidden_from_graduates(entry.mask),
        }
    return Row(person.public_id, str(person), **values)


def terms(sight: Sight, entry: DirectoryEntry, *names: str) -> dict[str, str]:
    return {name: sight.columns.lexicons[name].label_of(getattr(entry, f"{name}_id")) for name in names}


def moon(days: int) -> str:
    """
    Full under six months, half under two years, hollow beyond.

    >>> moon(10), moon(400), moon(4000)
    ('full', 'half', 'hollow')
    """
    return "full" if days < 183 else "half" if days < 730 else "hollow"
