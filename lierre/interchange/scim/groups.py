"""Roles in units, as SCIM calls them: groups. One for each role that somebody holds somewhere."""

from dataclasses import dataclass, field
from typing import Any, Final

from lierre.accounts.models import Role, User
from lierre.accounts.permissions import users_visible_to
from lierre.interchange.scim.filtering import Term, holds
from lierre.interchange.scim.users import address, group_id

SCHEMA: Final = "urn:ietf:params:scim:schemas:core:2.0:Group"


@dataclass
class Group:
    """`members`: number of the user → name."""

    number: str
    name: str
    members: dict[int, str] = field(default_factory=dict)

    def answers(self, terms: list[Term]) -> bool:
        members = [str(pk) for pk in self.members]
        values: dict[str, list[Any]] = {
            "id": [self.number], "displayname": [self.name], "members": members, "members.value": members,
        }  # fmt: skip
        return all(holds(term, values) for term in terms)


def groups(owner: User, terms: list[Term]) -> list[Group]:
    """Built of the roles in force of the users that the owner may see: there are as many as units and roles, not persons."""
    visible = users_visible_to(owner)
    roles = Role.objects.in_force().filter(user__in=visible).select_related("unit", "user")
    found: dict[str, Group] = {}
    for role in roles.order_by("unit__path", "kind", "user_id"):
        group = found.setdefault(group_id(role), Group(group_id(role), str(role)))
        group.members[role.user_id] = str(role.user)
    return [group for group in found.values() if group.answers(terms)]


def resource(group: Group) -> dict[str, Any]:
    members = [
        {"value": str(pk), "display": name, "$ref": address("Users", str(pk)), "type": "User"}
        for pk, name in group.members.items()
    ]
    return {
        "schemas": [SCHEMA], "id": group.number, "displayName": group.name, "members": members,
        "meta": {"resourceType": "Group", "location": address("Groups", group.number)},
    }  # fmt: skip
