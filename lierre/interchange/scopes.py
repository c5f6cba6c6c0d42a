"""What a token may be given, and what its owner must be able to do for it to count: no scope opens more than a person has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.accounts.permissions import SEE_USERS
from lierre.foundation.abilities import Ability, may
from lierre.people.permissions import BRING_FILES, EDIT_PERSONS, SEE_EVERYTHING, SEE_PERSONS, USE_SEGMENTS
from lierre.privacy.permissions import SEE_CHOICES


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing a machine may do, as long as its owner may."""

    name: str
    label: str | Promise
    ability: Ability

    def __str__(self) -> str:
        return str(self.label)


SCOPES: Final = {
    scope.name: scope
    for scope in (
        Scope("persons:read", _("find persons and read them, as their owner sees them"), SEE_PERSONS),
        Scope("records:read", _("read what each source said of a person"), SEE_EVERYTHING),
        Scope("persons:write", _("say something of a person, as a source of its own"), EDIT_PERSONS),
        Scope("sources:read", _("read the list of sources"), BRING_FILES),
        Scope("imports:read", _("follow the imports"), BRING_FILES),
        Scope("imports:write", _("bring files, rehearse them, apply them"), BRING_FILES),
        Scope("segments:read", _("read the segments and the persons they hold"), USE_SEGMENTS),
        Scope("consents:read", _("read what persons agreed to"), SEE_CHOICES),
        Scope("accounts:read", _("read accounts and roles (SCIM)"), SEE_USERS),
    )
}


def open_to(user: Any) -> list[Scope]:
    """Those that this person could give."""
    return [scope for scope in SCOPES.values() if may(user, scope.ability)]


def in_force(names: Iterable[str], owner: Any) -> list[str]:
    """Of these scopes, those that count today: a role that is withdrawn takes its scopes away at once."""
    return [name for name in names if name in SCOPES and may(owner, SCOPES[name].ability)]
