"""What a segment asks: conditions in groups, groups in groups. Plain values, kept as JSON; nothing here knows the base."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.segments.subjects import SUBJECT, Subject

KINDS: Final = ("all", "any", "none")
DEEPEST: Final = 5
MOST_CONDITIONS: Final = 40
MOST_VALUES: Final = 60
LONGEST: Final = 300

Place = tuple[int, ...]  # the way down to a condition or a group, from the whole


class Nonsense(Refused):
    """What was kept, or sent, is not a question."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`how` is one of the relations of its subject; the values are spelled as the directory spells them."""

    on: str
    how: str
    values: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        return SUBJECT[self.on]

    @property
    def is_complete(self) -> bool:
        """One that says nothing yet narrows nothing."""
        return bool(self.values) or not self.needs_values

    @property
    def needs_values(self) -> bool:
        return self.subject.takes_values and self.how not in {"known", "unknown"}

    def as_json(self) -> dict[str, Any]:
        return {"on": self.on, "how": self.how, "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class Group:
    """`all` of its members, `any` of them, or `none`."""

    kind: str = "all"
    members: "tuple[Condition | Group, ...]" = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {"group": self.kind, "members": [member.as_json() for member in self.members]}

    def conditions(self) -> Iterator[Condition]:
        for member in self.members:
            if isinstance(member, Group):
                yield from member.conditions()
            else:
                yield member

    def at(self, place: Place) -> "Condition | Group":
        """
        >>> Group("all", (Condition("year", "in", ("2014",)),)).at((0,)).values
        ('2014',)
        """
        if not place:
            return self
        first, *rest = place
        if not 0 <= first < len(self.members):
            raise Nonsense(_("There is nothing at this place."))
        found = self.members[first]
        if not rest:
            return found
        if isinstance(found, Condition):
            raise Nonsense(_("There is nothing at this place."))
        return found.at(tuple(rest))

    def putting(self, place: Place, member: "Condition | Group | None") -> Self:
        """With something else at this place; None takes it away."""
        if not place:
            raise Nonsense(_("There is nothing at this place."))
        first, *rest = place
        inside = self.at((first,))
        if rest:
            if isinstance(inside, Condition):
                raise Nonsense(_("There is nothing at this place."))
            member = inside.putting(tuple(rest), member)
        kept = () if member is None else (member,)
        return replace(self, members=(*self.members[:first], *kept, *self.members[first + 1 :]))

    def adding(self, place: Place, member: "Condition | Group") -> Self:
        """With one more member in the group that is at this place."""
        inside = self.at(place)
        if isinstance(inside, Condition):
            raise Nonsense(_("There is nothing at this place."))
        grown = replace(inside, members=(*inside.members, member))
        return grown if not place else self.putting(place, grown)  # type: ignore[return-value]


def read(said: Any) -> Group:
    """From JSON, whoever wrote it: what is not a question is refused, however long or deep it is."""
    group = read_member(said, 0)
    if not isinstance(group, Group):
        raise Nonsense(_("This is not a question."))
    if sum(1 for _ in group.conditions()) > MOST_CONDITIONS:
        raise Nonsense(_("So many conditions cannot be read: make several segments, and ask one of the other."))
    return group


def read_member(said: Any, depth: int) -> Condition | Group:
    if not isinstance(said, dict) or depth > DEEPEST:
        raise Nonsense(_("This is not a question."))
    if "group" in said:
        members = said.get("members", [])
        if said["group"] not in KINDS or not isinstance(members, list) or len(members) > MOST_CONDITIONS:
            raise Nonsense(_("This is not a question."))
        return Group(said["group"], tuple(read_member(member, depth + 1) for member in members))
    subject, how, values = SUBJECT.get(str(said.get("on"))), said.get("how"), said.get("values", [])
    if subject is None or how not in subject.relations or not isinstance(values, list):
        raise Nonsense(_("This is not a question."))
    return Condition(subject.name, str(how), tuple(str(value)[:LONGEST] for value in values[:MOST_VALUES]))
