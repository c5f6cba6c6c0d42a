"""From the testimonies of one person to the person.

For each scalar, the value with the greatest weight wins: the rank of its source for the field's group, then the date it
was asserted, then the number of the record. The triple is a total order, so the result never depends on the order in
which records arrived. Inside a list (studies, positions, contact points) the same comparison decides, key by key and
field by field: a blank never overwrites.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lierre.people.facts import FIELD, Contact, Facts, Position, Study
from lierre.people.fold.policy import Policy
from lierre.people.fold.testimony import Testimony
from lierre.people.fold.text import folded

Weight = tuple[int, int, int]

GROUP_OF: Final = {name: field.group for name, field in FIELD.items()}


@dataclass(slots=True)
class Folded:
    """A person as the policy reads them. Beside each value stands the number of the record that won."""

    values: dict[str, Any] = field(default_factory=dict)
    won_by: dict[str, int] = field(default_factory=dict)
    studies: list[tuple[Study, int]] = field(default_factory=list)
    positions: list[tuple[Position, int]] = field(default_factory=list)
    contacts: list[tuple[Contact, int]] = field(default_factory=list)
    heard_on: int = 0  # days since 1970-01-01 of the latest assertion
    first_record: int = 0  # the oldest that speaks of them: it stands for all when none gives a name


def study_key(study: Study) -> tuple[Any, ...]:
    return folded(study.get("degree") or study.get("code", "")), study.get("year", 0)


def position_key(position: Position) -> tuple[Any, ...]:
    return folded(position.get("employer", "")), folded(position.get("title", ""))


def contact_key(contact: Contact) -> tuple[Any, ...]:
    return contact["kind"], folded(contact["value"]) if contact["kind"] == "address" else contact["value"]


def fold(testimonies: Sequence[Testimony], policy: Policy) -> Folded:
    """Read what was said of one person. No testimony gives an empty person."""
    person = Folded(
        heard_on=max((each.asserted_on for each in testimonies if brings_news(each.facts)), default=0),
        first_record=min(((each.asserted_on, each.record_id) for each in testimonies), default=(0, 0))[1],
    )
    fold_scalars(person, testimonies, policy)
    person.studies = fold_list(testimonies, "studies", study_key, policy)
    person.positions = fold_list(testimonies, "positions", position_key, policy)
    person.contacts = fold_list(testimonies, "contacts", contact_key, policy)
    if len(person.studies) > 1:
        person.studies.sort(key=lambda pair: (-pair[0].get("year", 0), study_key(pair[0])))
    if len(person.positions) > 1:
        weight_of = {each.record_id: position_weight(each, policy) for each in testimonies}
        person.positions.sort(key=lambda pair: position_order(pair[0], weight_of[pair[1]]), reverse=True)
    return person


def brings_news(facts: Facts) -> bool:
    """
    Whether a testimony says more than that mail comes back: this is no sign of life.

    >>> brings_news({"contacts": [{"kind": "email", "value": "a@b.example", "refused": True}]}), brings_news({"lost": True})
    (False, True)
    """
    contacts = facts.get("contacts")
    return len(facts) != 1 or contacts is None or not all(contact.get("refused") for contact in contacts)


def fold_scalars(person: Folded, testimonies: Sequence[Testimony], policy: Policy) -> None:
    """The weightiest value of each field. A witness who is alone has no one to be weighed against."""
    values, won_by, compared = person.values, person.won_by, len(testimonies) > 1
    weights: dict[str, Weight] = {}
    for record_id, kind, asserted_on, facts in testimonies:
        for name, value in facts.items():
            group = GROUP_OF.get(name)
            if group is None:
                continue
            if compared:
                weight = (policy.ranks[group].get(kind, 0), asserted_on, record_id)
                if name in weights and weight <= weights[name]:
                    continue
                weights[name] = weight
            values[name] = value
            won_by[name] = record_id
    if "usage" in values and folded(values["usage"]) == folded(values.get("family", "")):
        # Many files repeat the name of birth there: it is no other name.
        del values["usage"], won_by["usage"]


def fold_list(
    testimonies: Sequence[Testimony], name: str, key_of: Callable[[Any], tuple[Any, ...]], policy: Policy
) -> list[tuple[Any, int]]:
    """Gather one list by key. Weightier statements are heard last, so that they write over the others."""
    speaking = [each for each in testimonies if name in each.facts]
    if not speaking:
        return []
    if len(speaking) > 1:
        ranks = policy.ranks[name]
        speaking.sort(key=lambda each: (ranks.get(each.kind, 0), each.asserted_on, each.record_id))
    gathered: dict[tuple[Any, ...], tuple[dict[str, Any], int]] = {}
    for each in speaking:
        items = each.facts[name]  # type: ignore[literal-required]
        if len(speaking) == len(items) == 1:
            return [(items[0], each.record_id)]
        for item in items:
            key = key_of(item)
            known = gathered.pop(key, None)  # said again, it stands where the weightiest says it: the last is the best
            gathered[key] = ({**known[0], **item} if known else item, each.record_id)
    return list(gathered.values())


def position_weight(testimony: Testimony, policy: Policy) -> Weight:
    return policy.ranks["positions"].get(testimony.kind, 0), testimony.asserted_on, testimony.record_id


def position_order(position: Position, weight: Weight) -> tuple[Any, ...]:
    """Current positions first, the weightiest witness before the others; then the latest ended."""
    if ended := position.get("ended", ""):
        return False, ended, position.get("started", ""), *position_key(position)
    return True, weight, position.get("started", ""), *position_key(position)
