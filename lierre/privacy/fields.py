"""What may flow from one controller to another: each field of a person, and the three lists that hang on them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from lierre.people.facts import FIELDS, GROUPS


@dataclass(frozen=True, slots=True)
class Flowing:
    name: str
    label: str | Promise
    group: str


# Who sees what goes with the person wherever they are: it is not shared, it is owed.
FLOWING: Final[dict[str, Flowing]] = {
    each.name: each
    for each in (
        *(Flowing(field.name, field.label, field.group) for field in FIELDS if field.group != "choices"),
        *(Flowing(name, GROUPS[name], name) for name in ("studies", "positions", "contacts")),
    )
}
