"""Who may see which family of values of a person: one bit per (audience, family), in one integer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from lierre.people.facts import AUDIENCES

FAMILIES: Final = ("name", "study", "position", "place", "contact", "birth")
# What the law leaves visible when the person has chosen nothing: name and degree, to graduates only.
UNSAID: Final[Mapping[str, Sequence[str]]] = {"name": ("class", "graduates"), "study": ("class", "graduates")}


def bit(audience: str, family: str) -> int:
    """
    The bit that lets this audience see this family.

    >>> bit("class", "name"), bit("graduates", "name"), bit("public", "birth")
    (1, 64, 536870912)
    """
    return 1 << (list(AUDIENCES).index(audience) * len(FAMILIES) + FAMILIES.index(family))


BITS: Final = {(audience, family): bit(audience, family) for audience in AUDIENCES for family in FAMILIES}


def mask_of(values: Mapping[str, Any]) -> int:
    """The mask of a folded person. The dead are shown to staff only: nobody can ask them."""
    if "died" in values:
        return 0
    mask = 0
    for family in FAMILIES:
        for audience in values.get(f"audience_{family}", UNSAID.get(family, ())):
            mask |= BITS.get((audience, family), 0)
    return mask


def sees(mask: int, audiences: Sequence[str], family: str) -> bool:
    """Whether someone who belongs to these audiences sees this family. A hidden name hides everything."""
    return any(mask & BITS[audience, "name"] and mask & BITS[audience, family] for audience in audiences)
