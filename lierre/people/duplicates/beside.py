"""Exact clues about two persons, of what the model does not compare: numbers, profiles, telephones, older studies."""

from collections.abc import Collection, Iterator
from typing import Final

from lierre.people.fold import Folded
from lierre.people.fold.folding import study_key
from lierre.people.fold.text import folded
from lierre.people.matching.explanation import Weight

# What two values are worth when they agree and when they differ, in bits.
PLAIN: Final[tuple[tuple[str, float, float], ...]] = (
    ("ine", 20.0, -20.0), ("student_number", 18.0, -4.0), ("linkedin", 18.0, -4.0), ("birth_place", 6.0, -4.0),
)  # fmt: skip
SHARED: Final = {"email": 12.0, "phone": 9.0}
STUDY: Final = 7.0
# The model compares the first e-mail and the latest study of each: at these levels, it has said it.
SAID: Final = {"email": {"exact"}, "year": {"exact"}}
NAMED: Final = {"email": "address", "phone": "phone"}


def beside(one: Folded, other: Folded, told: Collection[Weight]) -> Iterator[Weight]:
    """What is unknown on one side says nothing; what the model has `told` is not said twice."""
    levels = {name: level for name, level, _bits in told}
    for name, agree, differ in PLAIN:
        said = [folded(str(each.values.get(name, ""))) for each in (one, other)]
        if all(said):
            yield (name, "exact", agree) if said[0] == said[1] else (name, "different", differ)
    yield from addresses(one, other, levels)
    if levels.get("year") not in SAID["year"] and {study_key(study) for study, _by in one.studies} & {
        study_key(study) for study, _by in other.studies
    }:
        yield "study", "exact", STUDY


def addresses(one: Folded, other: Folded, levels: dict[str, str]) -> Iterator[Weight]:
    reach = [{(contact["kind"], contact["value"]) for contact, _by in each.contacts} for each in (one, other)]
    shared = {kind for kind, _value in reach[0] & reach[1]}
    for kind, bits in SHARED.items():
        if kind in shared and levels.get(kind) not in SAID.get(kind, ()):
            yield NAMED[kind], "exact", bits
