"""Who can do what: each ability of the house, the roles that give it, and who holds one of them today."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from lierre.accounts.models import Role, Unit, User
from lierre.accounts.models.role import RoleQuerySet
from lierre.foundation.abilities import Ability, declared

KINDS: Final = tuple(Role.Kind)


@dataclass(frozen=True, slots=True)
class Right:
    """A line of the table: `given` says, role by role, whether it gives the ability; `holders` counts persons."""

    ability: Ability
    given: list[tuple[str, bool]]
    holders: int

    @property
    def roles(self) -> list[str]:
        return [label for label, gives in self.given if gives]


def in_order() -> list[Ability]:
    """Every ability of the house, as a reader looks for them."""
    return sorted(declared(), key=lambda ability: str(ability.label).casefold())


def giving(ability: Ability) -> Q:
    """The roles that give it."""
    kinds = Q(kind__in=sorted(ability.roles))
    return kinds & Q(unit__parent=None) if ability.everywhere else kinds


def gives(role: Role, ability: Ability) -> bool:
    return role.kind in ability.roles and (role.unit.parent_id is None or not ability.everywhere)


def in_force() -> RoleQuerySet:
    """Roles of people who can sign in, each with its person and its unit."""
    return Role.objects.in_force().filter(user__is_active=True).select_related("user", "unit")


def table() -> list[Right]:
    """One question to the base, whatever the number of abilities and of people."""
    abilities = in_order()
    questions = {each.name: Count("user", distinct=True, filter=giving(each)) for each in abilities}
    counted = in_force().aggregate(**questions)
    return [
        Right(each, [(str(kind.label), kind.value in each.roles) for kind in KINDS], counted[each.name])
        for each in abilities
    ]


def holding(ability: Ability) -> RoleQuerySet:
    """The roles that give this ability to someone today."""
    return in_force().filter(giving(ability))


def lines() -> Iterator[tuple[str, ...]]:
    """What leaves the house: one line for each person, role and ability. Read as a stream."""
    abilities = in_order()
    for role in in_force().order_by("user__name", "user_id", "unit__path", "kind").iterator(chunk_size=1_000):
        who = (role.user.name, role.user.email, str(role.get_kind_display()), role.unit.name)
        yield from ((*who, str(ability.label)) for ability in abilities if gives(role, ability))


def abilities_of(user: User) -> list[tuple[Ability, list[Unit]]]:
    """What someone may do today, and where: the units in which they may, without those inside another one."""
    found = [(each, [role.unit for role in user.roles_held if gives(role, each)]) for each in in_order()]
    return [(ability, topmost(units)) for ability, units in found if units]


def topmost(units: list[Unit]) -> list[Unit]:
    """Each unit once, unless it is inside another one of the list."""
    once = {unit.pk: unit for unit in units}.values()
    return [unit for unit in once if not any(other.contains(unit) and other.pk != unit.pk for other in once)]
