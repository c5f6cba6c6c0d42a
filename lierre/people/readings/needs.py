"""What is missing of a person, and what would be most useful to ask."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.fold import Folded
from lierre.people.fold.rows import EXPECTED, current_position, place_of
from lierre.people.models.imports import EPOCH

# In the order in which they are worth asking: without an address, nothing else can be asked.
NAMED: Final[dict[str, str | Promise]] = {
    "email": _("an e-mail"),
    "title": _("the position held"),
    "employer": _("the employer"),
    "place": _("the place"),
    "phone": _("a phone number"),
    "studies": _("the studies"),
    "born": _("the date of birth"),
    "family": _("the birth name"),
    "given": _("the given name"),
    "sex": _("the civility"),
}
STALE: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Needs:
    """`missing` in the order to ask; `heard_on` is None when nobody ever spoke."""

    missing: tuple[str | Promise, ...]
    known: int
    expected: int
    heard_on: date | None

    @property
    def most_useful(self) -> str | Promise:
        return self.missing[0] if self.missing else ""

    @property
    def is_stale(self) -> bool:
        return self.heard_on is None or timezone.localdate() - self.heard_on > STALE


def needs(person: Folded) -> Needs:
    """The same count as the completeness of the fold."""
    current = current_position(person)
    working = {contact["kind"] for contact, _by in person.contacts}
    held = person.values.keys() | working | current.keys() | ({"studies"} if person.studies else set())
    if any(place_of(person, current)):
        held |= {"place"}
    missing = tuple(label for name, label in NAMED.items() if name not in held)
    heard_on = EPOCH + timedelta(days=person.heard_on) if person.heard_on else None
    return Needs(missing, len(EXPECTED) - len(missing), len(EXPECTED), heard_on)
