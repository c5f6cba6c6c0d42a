"""What someone may do: each domain declares its abilities, and the roles that give them.

The foundation knows no users and no roles: it asks whoever is given whether one of these roles is `held`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Arguments = ParamSpec("Arguments")
_declared: dict[str, "Ability"] = {}
_limits: list[Callable[[Any, "Ability"], bool]] = []


@runtime_checkable
class Holder(Protocol):
    """Someone who holds roles."""

    def holds(self, *kinds: str, unit: Any = None) -> bool: ...
    def holds_everywhere(self, *kinds: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Ability:
    """`everywhere` asks for a role at the top of the institution: one faculty's office is not enough."""

    name: str
    label: str | Promise
    roles: frozenset[str]
    everywhere: bool = False

    def __str__(self) -> str:
        return str(self.label)


class NotAllowed(PermissionDenied):
    """Becomes a 403 page that shows `sentence`: what was asked, and whom to ask."""

    def __init__(self, ability: Ability) -> None:
        self.ability = ability
        self.sentence = _("Your role does not let you do this: %(what)s.") % {"what": ability}
        super().__init__(self.sentence)


def declare(name: str, *, label: str | Promise, roles: frozenset[str], everywhere: bool = False) -> Ability:
    """Make an ability known. The same name cannot mean two things."""
    ability = Ability(name, label, roles, everywhere)
    known = _declared.setdefault(name, ability)
    if (known.roles, known.everywhere) != (roles, everywhere):
        raise ValueError(f"The ability {name} is declared twice, with different roles.")
    return known


def ability(name: str) -> Ability:
    """KeyError when no domain has declared it."""
    return _declared[name]


def declared() -> list[Ability]:
    """Every ability of the house, by name."""
    return [_declared[name] for name in sorted(_declared)]


def limit_with(lets: Callable[[Any, Ability], bool]) -> None:
    """A domain may say that somebody does not do all that their role allows. Call it when the application starts."""
    _limits[:] = [lets]


def may(user: Any, ability: Ability, unit: Any = None) -> bool:
    """Whether this person has the ability: in this unit, or anywhere when no unit is asked. Nobody signed in: no."""
    if not isinstance(user, Holder) or not all(lets(user, ability) for lets in _limits):
        return False
    if ability.everywhere:
        return user.holds_everywhere(*ability.roles)
    return user.holds(*ability.roles, unit=unit)


def needs(
    ability: Ability,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
]:
    """Guard a view: without the ability, the answer is a 403 page that says why."""

    def guard(
        view: Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            if not may(request.user, ability):
                raise NotAllowed(ability)
            return view(request, *args, **kwargs)

        return guarded

    return guard
