"""The addresses of SCIM. They are read only: everything else is refused in its words."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _

from lierre.foundation.models.journal import record
from lierre.interchange import problems
from lierre.interchange.door import door, need
from lierre.interchange.models import Token
from lierre.interchange.problems import Problem
from lierre.interchange.scim import discovery, groups, users
from lierre.interchange.scim.answers import answer, chosen, error, listed, page_asked
from lierre.interchange.scim.filtering import Term, terms

SCOPE: Final = "accounts:read"
View = Callable[..., HttpResponse]


def reads(view: View) -> View:
    """Behind the door, with the scope, and for GET alone."""

    def asked(request: HttpRequest, **named: str) -> HttpResponse:
        need(request, SCOPE)
        if request.method not in {"GET", "HEAD"}:
            raise Problem(501, "read_only", _("Accounts are only read by SCIM: they are opened by an invitation."))
        return view(request, **named)

    asked.__doc__ = view.__doc__
    return door(asked, error)


def asked_terms(request: HttpRequest) -> list[Term]:
    return terms(request.GET["filter"].strip()) if request.GET.get("filter", "").strip() else []


def users_list(request: HttpRequest) -> HttpResponse:
    token = need(request, SCOPE)
    start, count = page_asked(request)
    found = users.users(token.owner, asked_terms(request))
    shown = [users.resource(user) for user in found[start - 1 : start - 1 + count]]
    note(request, token, len(shown))
    return listed(request, shown, found.count(), start)


def note(request: HttpRequest, token: Token, count: int) -> None:
    """Whoever takes the list of accounts away leaves a trace, once for each list, not for each page."""
    if request.GET.get("startIndex", "1") == "1" and not request.GET.get("filter"):
        record("accounts.listed", by=token.actor, count=count)


def one_user(request: HttpRequest, number: str) -> HttpResponse:
    token = need(request, SCOPE)
    user = users.users(token.owner, [Term("id", "eq", number)]).first()
    if user is None:
        raise problems.nothing_here()
    return answer(chosen(request, users.resource(user)))


def groups_list(request: HttpRequest) -> HttpResponse:
    start, count = page_asked(request)
    found = groups.groups(need(request, SCOPE).owner, asked_terms(request))
    shown = [groups.resource(group) for group in found[start - 1 : start - 1 + count]]
    return listed(request, shown, len(found), start)


def one_group(request: HttpRequest, number: str) -> HttpResponse:
    found = groups.groups(need(request, SCOPE).owner, [Term("id", "eq", number)])
    if not found:
        raise problems.nothing_here()
    return answer(chosen(request, groups.resource(found[0])))


def configuration(request: HttpRequest) -> HttpResponse:
    return answer(chosen(request, discovery.configuration()))


def whole(request: HttpRequest, resources: list[dict[str, Any]]) -> HttpResponse:
    return listed(request, resources, len(resources), 1)


def resource_types(request: HttpRequest) -> HttpResponse:
    return whole(request, discovery.resource_types())


def schemas(request: HttpRequest) -> HttpResponse:
    return whole(request, discovery.schemas())


def one_of(resources: list[dict[str, Any]], number: str) -> HttpResponse:
    found = next((each for each in resources if each["id"] == number), None)
    if found is None:
        raise problems.nothing_here()
    return answer(found)


def resource_type(_request: HttpRequest, number: str) -> HttpResponse:
    return one_of(discovery.resource_types(), number)


def schema(_request: HttpRequest, number: str) -> HttpResponse:
    return one_of(discovery.schemas(), number)


def nothing(_request: HttpRequest) -> HttpResponse:
    raise problems.nothing_here()


def urls() -> list[URLPattern]:
    return [
        path("ServiceProviderConfig", reads(configuration), name="configuration"),
        path("ResourceTypes", reads(resource_types), name="resource_types"),
        path("ResourceTypes/<str:number>", reads(resource_type), name="resource_type"),
        path("Schemas", reads(schemas), name="schemas"),
        path("Schemas/<str:number>", reads(schema), name="schema"),
        path("Users", reads(users_list), name="users"),
        path("Users/<str:number>", reads(one_user), name="user"),
        path("Groups", reads(groups_list), name="groups"),
        path("Groups/<str:number>", reads(one_group), name="group"),
        re_path(r"^.*$", reads(nothing), name="nothing"),
    ]
