"""Version 1, gathered: its addresses behind the door, and its schema (OpenAPI 3.1)."""

import json
import re
from functools import cache
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from ninja.errors import HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from lierre.interchange import problems
from lierre.interchange.door import View, door
from lierre.interchange.operations import consents, imports, me, persons, segments
from lierre.interchange.operations.registering import api
from lierre.interchange.problems import CONTENT_TYPE

PREFIX: Final = "/api/v1/"
DESCRIPTION: Final = (
    "Everything here is asked with a token, and a token never sees more than whoever let it in. What is hidden from them"
    " does not exist: it is neither shown, nor found, nor counted. A POST may bear an Idempotency-Key: sent again with the"
    " same key within a day, it is done once and answered alike. Problems follow RFC 9457."
)
for router in (me.router, persons.router, consents.router, segments.router, imports.router):
    api.add_router("", router)
api.description = DESCRIPTION


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    raise problems.not_valid([{"at": [str(part) for part in each["loc"]], "why": each["msg"]} for each in error.errors])


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: Any) -> HttpResponse:
    raise problems.not_readable() from error


@api.exception_handler(Http404)
@api.exception_handler(Exception)
def left_to_the_door(request: HttpRequest, error: Any) -> HttpResponse:
    raise error


@cache
def schema() -> dict[str, Any]:
    """As machines read it, in English; the documentation page says it in the language of the reader."""
    written: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), cls=NinjaJSONEncoder))
    written["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    written["paths"] = dict(sorted(written["paths"].items()))
    for operations in written["paths"].values():
        for method, operation in operations.items():
            finish(method, operation)
    return written


def finish(method: str, operation: dict[str, Any]) -> None:
    """What the door adds to every operation."""
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["content"] = {CONTENT_TYPE: answer.pop("content")["application/json"]}
    if method == "post":
        key = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
        said = {"in": "header", "name": "Idempotency-Key", "required": False, "schema": key,
                "description": gettext_noop("Drawn by you, one for each change.")}  # fmt: skip
        operation.setdefault("parameters", []).append(said)
    if operation["operationId"] == "person_get":
        operation["responses"]["304"] = {"description": "Nothing has changed."}


@require_safe
@login_not_required
def openapi(request: HttpRequest) -> HttpResponse:
    """Open to all: it says what can be asked, and nothing of anybody."""
    return HttpResponse(json.dumps(schema()), content_type="application/json")


def only_what_is_described(view: View, route: str) -> View:
    """A filter that is misspelt would narrow nothing, and give the whole base away: it is refused."""
    address = PREFIX + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)

    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        operation = schema()["paths"][address].get((request.method or "").lower(), {})
        known = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
        unknown = sorted(set(request.GET) - known)
        if operation and unknown:
            raise problems.not_valid([{"at": ["query", name], "why": "unknown parameter"} for name in unknown])
        return view(request, *args, **kwargs)

    return asked


def nothing(request: HttpRequest) -> HttpResponse:
    raise problems.nothing_here()


def urls() -> list[URLPattern]:
    """Every address of the version, each behind the door."""
    found, _app, _namespace = api.urls
    views = {str(each.pattern): each for each in found if isinstance(each, URLPattern) and each.name != "api-root"}
    patterns = [
        path(route, door(only_what_is_described(each.callback, route)), name=each.name) for route, each in views.items()
    ]
    return [path("openapi.json", openapi, name="openapi"), *patterns, re_path(r"^.*$", door(nothing), name="nothing")]
