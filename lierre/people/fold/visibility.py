"""Who may see which family of values of a person: one bit per (audience, family), in one integer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from lierre.people.facts import AUDIENCES

FAMILIES: Final = ("name", "study", "position", "place", "contact", "birth")
# Masks are kept: an audience that comes later takes the bits that follow, wherever it stands in the pages.
IN_ORDER_OF_BITS: Final = ("class", "graduates", "students", "recruiters", "public", "groups")
# Values that may be shown to others than the rest of their family. No list nor count ever reads them: only a page does.
FINER: Final[Mapping[str, str]] = {
    "email": "contact",
    "phone": "contact",
    "address": "contact",
    "link": "contact",
    "profile": "position",
}
# What the law leaves visible when the person has chosen nothing: name and degree, to graduates only.
UNSAID: Final[Mapping[str, Sequence[str]]] = {"name": ("class", "graduates"), "study": ("class", "graduates")}


def bit(audience: str, family: str) -> int:
    """
    The bit that lets this audience see this family.

    >>> bit("class", "name"), bit("graduates", "name"), bit("public", "birth"), bit("groups", "name")
    (1, 64, 536870912, 1073741824)
    """
    return 1 << (IN_ORDER_OF_BITS.index(audience) * len(FAMILIES) + FAMILIES.index(family))


BITS: Final = {(audience, family): bit(audience, family) for audience in AUDIENCES for family in FAMILIES}
CHOICES: Final = frozenset(f"audience_{family}" for family in FAMILIES)
UNSAID_MASK: Final = sum(bit(audience, family) for family, audiences in UNSAID.items() for audience in audiences)


def mask_of(values: Mapping[str, Any]) -> int:
    """The mask of a folded person. The dead are shown to staff only: nobody can ask them."""
    if "died" in values:
        return 0
    if CHOICES.isdisjoint(values):
        return UNSAID_MASK
    mask = 0
    for family in FAMILIES:
        for audience in values.get(f"audience_{family}", UNSAID.get(family, ())):
            mask |= BITS.get((audience, family), 0)
    return mask


def audiences_of(values: Mapping[str, Any], family: str) -> Sequence[str]:
    """
    The audiences that were let see this family, or these finer values, of a folded person.

    >>> audiences_of({"audience_contact": ["class"]}, "phone"), audiences_of({}, "study"), audiences_of({}, "birth")
    (['class'], ('class', 'graduates'), ())
    """
    if "died" in values:
        return ()
    followed = audiences_of(values, FINER[family]) if family in FINER else UNSAID.get(family, ())
    found: Sequence[str] = values.get(f"audience_{family}", followed)
    return found


def sees(mask: int, audiences: Sequence[str], family: str) -> bool:
    """Whether someone who belongs to these audiences sees this family. A hidden name hides everything."""
    return any(mask & BITS[audience, "name"] and mask & BITS[audience, family] for audience in audiences)
