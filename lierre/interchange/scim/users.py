"""Accounts, as SCIM calls them: users."""

from datetime import UTC
from typing import Any, Final

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, User
from lierre.accounts.permissions import users_visible_to
from lierre.interchange.scim.filtering import Term, invalid

SCHEMA: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
# Attribute in small letters → the column that holds it.
TEXTS: Final = {
    "username": "email", "emails": "email", "emails.value": "email", "displayname": "name", "name.formatted": "name",
}  # fmt: skip
LOOKUPS: Final = {"eq": "iexact", "co": "icontains", "sw": "istartswith", "ew": "iendswith"}


def users(owner: User, terms: list[Term]) -> "QuerySet[User]":
    """Those that the owner of the token may see; an erased account is not one."""
    found = users_visible_to(owner).exclude(email__endswith="@erased.invalid")
    for term in terms:
        found = found.filter(condition(term))
    in_force = Role.objects.in_force().select_related("unit")
    return found.prefetch_related(Prefetch("roles", in_force, to_attr="roles_now")).order_by("pk")


def condition(term: Term) -> Q:
    if term.name in TEXTS:
        return of_text(TEXTS[term.name], term)
    if term.how == "pr" and term.name in {"id", "active"}:
        return Q()
    if term.how not in {"eq", "ne"}:
        raise invalid(_("“%(name)s” cannot be asked here.") % {"name": term.name})
    if term.name == "id":
        number = str(term.value)
        asked = Q(pk=int(number)) if number.isascii() and number.isdecimal() and len(number) < 19 else Q(pk=None)
    elif term.name == "active" and isinstance(term.value, bool):
        asked = Q(is_active=term.value)
    else:
        raise invalid(_("“%(name)s” cannot be asked here.") % {"name": term.name})
    return ~asked if term.how == "ne" else asked


def of_text(column: str, term: Term) -> Q:
    if term.how == "pr":
        return ~Q(**{column: ""})
    if not isinstance(term.value, str):
        raise invalid(_("This attribute is compared with a text."))
    value = term.value.replace("\0", "")
    if term.how == "ne":
        return ~Q(**{f"{column}__iexact": value})
    return Q(**{f"{column}__{LOOKUPS[term.how]}": value})


def resource(user: User) -> dict[str, Any]:
    roles: list[Role] = user.roles_now  # type: ignore[attr-defined]
    return {
        "schemas": [SCHEMA], "id": str(user.pk), "userName": user.email, "displayName": user.name,
        "name": {"formatted": user.name}, "active": user.is_active, "preferredLanguage": user.language or None,
        "emails": [{"value": user.email, "primary": True}],
        "groups": [{"value": group_id(role), "display": str(role), "$ref": address("Groups", group_id(role))} for role in roles],
        "roles": [{"value": kind} for kind in sorted({role.kind for role in roles})],
        "meta": {
            "resourceType": "User", "created": user.joined_at.astimezone(UTC).isoformat(),
            "location": address("Users", str(user.pk)),
        },
    }  # fmt: skip


def group_id(role: Role) -> str:
    return f"{role.unit_id}-{role.kind}"


def address(kind: str, number: str) -> str:
    return f"{settings.ADDRESS}/scim/v2/{kind}/{number}"
