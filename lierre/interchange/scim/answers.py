"""How SCIM answers: its content type, its lists, its errors."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from lierre.interchange.problems import Problem

CONTENT_TYPE: Final = "application/scim+json"
LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
USUAL: Final = 100
MOST: Final = 500
ALWAYS: Final = {"id", "schemas", "meta"}


def answer(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def error(problem: Problem) -> HttpResponse:
    """The same sentence, in the words of SCIM."""
    said = {"schemas": [ERROR], "status": str(problem.status), "detail": problem.detail}
    if problem.kind in {"invalidFilter", "invalidValue"}:
        said["scimType"] = problem.kind
    return answer(said, problem.status, problem.headers)


def page_asked(request: HttpRequest) -> tuple[int, int]:
    """`startIndex` (from 1) and `count`: what is below is brought up, as the standard says."""
    return max(1, number(request, "startIndex", 1)), min(MOST, max(0, number(request, "count", USUAL)))


def number(request: HttpRequest, name: str, usual: int) -> int:
    said = request.GET.get(name)
    if said is None:
        return usual
    digits = said.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Problem(400, "invalidValue", _("“%(name)s” is a number.") % {"name": name})
    return int(said)


def listed(request: HttpRequest, resources: Sequence[Mapping[str, Any]], total: int, start: int) -> HttpResponse:
    return answer(
        {
            "schemas": [LIST], "totalResults": total, "startIndex": start, "itemsPerPage": len(resources),
            "Resources": [chosen(request, resource) for resource in resources],
        }
    )  # fmt: skip


def chosen(request: HttpRequest, resource: Mapping[str, Any]) -> dict[str, Any]:
    """Only the attributes that were asked for; what identifies always comes."""
    wanted, unwanted = (names(request, parameter) for parameter in ("attributes", "excludedAttributes"))
    return {
        name: value
        for name, value in resource.items()
        if name in ALWAYS or ((not wanted or name.lower() in wanted) and name.lower() not in unwanted)
    }


def names(request: HttpRequest, parameter: str) -> set[str]:
    """
    The attributes of an address, by their first word: a part of one brings the whole.
    """
    said = request.GET.get(parameter, "").lower().replace("urn:ietf:params:scim:schemas:core:2.0:", "")
    cut = {each.strip().removeprefix("user:").removeprefix("group:").split(".")[0] for each in said.split(",")}
    return cut - {""}
