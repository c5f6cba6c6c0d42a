"""Who may do what with units, users and roles."""

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Invitation, Role, Unit, User
from lierre.foundation.abilities import Ability, declare, may
from lierre.foundation.errors import Refused

if TYPE_CHECKING:
    from lierre.accounts.models.invitation import InvitationQuerySet
    from lierre.accounts.models.user import UserQuerySet

Kind = Role.Kind
STAFF: Final = frozenset(
    {
        "communication", "alumni_office", "hr", "direction", "data_protection", "it", "recruiter_relations",
        "ambassador",
    }
)  # fmt: skip

SEE_UNITS = declare("see_units", label=_("see the units and who holds a role there"), roles=STAFF)
MANAGE_UNITS = declare("manage_units", label=_("add, rename, move and close units"), roles=frozenset({"it"}))
SEE_RIGHTS = declare(
    "see_rights",
    label=_("read who can do what"),
    roles=frozenset({"it", "data_protection", "direction"}),
    everywhere=True,
)
SEE_USERS = declare(
    "see_users",
    label=_("see the list of users and their roles"),
    roles=frozenset({"it", "alumni_office", "data_protection"}),
)
MANAGE_USERS = declare(
    "manage_users",
    label=_("deactivate and reactivate users, end their sessions"),
    roles=frozenset({"it"}),
    everywhere=True,
)
HAND_OVER = declare(
    "hand_over",
    label=_("hand over what hangs on somebody who leaves"),
    roles=frozenset({"it", "communication"}),
    everywhere=True,
)
GIVE_STAFF_ROLES = declare("give_staff_roles", label=_("give and withdraw the roles of staff"), roles=frozenset({"it"}))
WELCOME_AMBASSADORS = declare(
    "welcome_ambassadors", label=_("invite ambassadors"), roles=frozenset({"it", "communication"})
)
WELCOME_GRADUATES = declare(
    "welcome_graduates", label=_("invite graduates and students"), roles=frozenset({"it", "alumni_office"})
)
WELCOME_RECRUITERS = declare(
    "welcome_recruiters",
    label=_("invite recruiters"),
    roles=frozenset({"it", "alumni_office", "recruiter_relations"}),
)

ACT_AS = declare(
    "act_as",
    label=_("see the house in the place of somebody else for half an hour, to help them"),
    roles=frozenset({"it", "data_protection"}),
    everywhere=True,
)
# In whose place each of them may be. Never of somebody who may do as much or more, nor see more: the IT department does not
# see what persons hide, so it is never in the place of an office that does.
MEET_PERSONS: Final = frozenset({Kind.HR, Kind.RECRUITER_RELATIONS, Kind.AMBASSADOR})
SPEAK_FOR_THEMSELVES: Final = frozenset({Kind.GRADUATE, Kind.STUDENT, Kind.RECRUITER})
IN_THE_PLACE_OF: Final[dict[str, frozenset[str]]] = {
    Kind.IT: MEET_PERSONS | SPEAK_FOR_THEMSELVES,
    Kind.DATA_PROTECTION: MEET_PERSONS | SPEAK_FOR_THEMSELVES | {Kind.COMMUNICATION, Kind.ALUMNI_OFFICE},
}

INVITE = declare(
    "invite",
    label=_("send invitations, and follow them"),
    roles=GIVE_STAFF_ROLES.roles | WELCOME_AMBASSADORS.roles | WELCOME_GRADUATES.roles | WELCOME_RECRUITERS.roles,
)

# The ability that lets each role be given. A role that is not named here is one of staff.
GIVING: Final[dict[str, Ability]] = {
    Kind.AMBASSADOR: WELCOME_AMBASSADORS,
    Kind.GRADUATE: WELCOME_GRADUATES,
    Kind.STUDENT: WELCOME_GRADUATES,
    Kind.RECRUITER: WELCOME_RECRUITERS,
}


def giving(kind: str) -> Ability:
    return GIVING.get(kind, GIVE_STAFF_ROLES)


def may_give(user: Any, kind: str, unit: Unit | None = None) -> bool:
    """Whether this person may give, or take back, this role in this unit."""
    return may(user, giving(kind), unit)


def roles_given_by(user: Any) -> list[str]:
    """The roles this person may give somewhere."""
    return [kind for kind in Kind.values if may_give(user, kind)]


def may_act_for(by: Any, user: User) -> bool:
    """Whether this person may see the house in the place of that one, all of whose roles are below their own."""
    if by.pk == user.pk or not user.is_active or not may(by, ACT_AS):
        return False
    at_the_top = [role.kind for role in by.roles_held if role.unit.parent_id is None]
    below = frozenset[str]().union(*(IN_THE_PLACE_OF.get(kind, ()) for kind in at_the_top))
    held = {role.kind for role in user.roles_held}
    return bool(held) and held <= below


def may_invite(user: Any) -> bool:
    return may(user, INVITE)


def units_where(user: User, ability: Ability, *, closed_too: bool = False) -> "QuerySet[Unit]":
    """The open units (or all of them) where this person has the ability."""
    below = Q(pk__in=[])
    for role in user.roles_held:
        if role.kind in ability.roles:
            below |= Q(path__startswith=role.unit.path)
    return (Unit.objects.all() if closed_too else Unit.objects.open()).filter(below)


def users_visible_to(user: User) -> "UserQuerySet":
    """All of them from the top of the institution; from a unit, those who hold a role there or below."""
    everybody: UserQuerySet = User.objects.all()
    if user.holds_everywhere(*SEE_USERS.roles):
        return everybody
    return everybody.holding(within=[role.unit for role in user.roles_held if role.kind in SEE_USERS.roles])


def invitations_visible_to(user: User) -> "InvitationQuerySet":
    """Those to a role that this person may give, where they may give it; and those they made themselves."""
    seen = Q(invited_by=user)
    for kind in roles_given_by(user):
        units = units_where(user, giving(kind), closed_too=True)
        seen |= Q(kind=kind, unit__in=units)
    return Invitation.objects.filter(seen)


def check_still_given(invitation: Invitation) -> None:
    """Refuse an invitation whose author lost, since, the right to give this role there."""
    if not may_give(invitation.invited_by, invitation.kind, invitation.unit):
        raise Refused(
            gettext("Whoever invited you may no longer give this role. Ask the institution to invite you again.")
        )
