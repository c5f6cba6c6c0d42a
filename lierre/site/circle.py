"""Those of the house whom someone works with: ambassadors for those who care who speaks, recruiters for those who meet them."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lierre.accounts import permissions as accounts
from lierre.accounts.models import Role
from lierre.foundation.abilities import may
from lierre.people.permissions import SEE_EVERYTHING

MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Circle:
    """`roles` with their users and units; `nobody` is said when there are none. `address` leads to the place, named `act`."""

    title: str | Promise
    roles: list[Role]
    nobody: str | Promise
    address: str
    act: str | Promise


def circle_of(user: Any) -> Circle | None:
    """None for those who see no units, and for those who have other work to do."""
    if user.holds("recruiter_relations"):
        nobody, invite = _("No recruiter has an account yet: invite the first."), reverse("accounts:invite")
        return Circle(_("The recruiters"), held(Role.Kind.RECRUITER), nobody, invite, _("Invite a recruiter"))
    if user.holds("data_protection"):
        nobody = _("Nobody but you.")
        seers = held(*sorted(SEE_EVERYTHING.roles - {"data_protection"}))
        return Circle(_("Who may see everything"), seers, nobody, reverse("accounts:rights"), _("Who can do what"))
    if user.holds("hr", "ambassador") and may(user, accounts.SEE_UNITS):
        nobody = _("Nobody is an ambassador yet.")
        return Circle(_("Who speaks for us"), held(Role.Kind.AMBASSADOR), nobody, reverse("accounts:units"), _("Units"))
    return None


def held(*kinds: str) -> list[Role]:
    roles = Role.objects.in_force().filter(kind__in=kinds, user__is_active=True).select_related("user", "unit")
    return list(roles.order_by("-user__last_login")[:MOST])
