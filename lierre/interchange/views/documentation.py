"""The documentation of the API, read in its own schema: it cannot say anything else than what is answered."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lierre.foundation.abilities import needs
from lierre.interchange.events import EVENTS
from lierre.interchange.models.token import RATE
from lierre.interchange.permissions import HOLD_TOKENS
from lierre.interchange.schema import schema
from lierre.interchange.scopes import SCOPES


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is sent or received: its name, its type, what it means."""

    name: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    key: str
    method: str
    path: str
    title: str
    text: str
    scope: str
    asked: list[Value]
    answered: list[Value]


@require_safe
@needs(HOLD_TOKENS)
def documentation(request: HttpRequest) -> HttpResponse:
    context = {
        "operations": operations(),
        "scopes": list(SCOPES.values()),
        "events": list(EVENTS.values()),
        "rate": RATE,
        "address": settings.ADDRESS,
    }
    return render(request, "interchange/documentation.html", context)


def operations() -> list[Operation]:
    written = schema()
    return [
        operation(written, path, method, asked)
        for path, methods in written["paths"].items()
        for method, asked in methods.items()
    ]


def operation(written: dict[str, Any], path: str, method: str, asked: dict[str, Any]) -> Operation:
    status = next(code for code in asked["responses"] if code.startswith("2"))
    answer = asked["responses"][status]["content"]["application/json"]["schema"]
    values = [of_parameter(written, each) for each in asked.get("parameters", ())]
    for content in asked.get("requestBody", {}).get("content", {}).values():
        values += fields(written, content["schema"])
    return Operation(
        key=asked["operationId"].replace("_", "-"), method=method.upper(), path=path, title=said(asked.get("summary")),
        text=said(asked.get("description")), scope=next(iter(asked["security"][0]["token"]), ""), asked=values,
        answered=fields(written, answer),
    )  # fmt: skip


def of_parameter(written: dict[str, Any], each: dict[str, Any]) -> Value:
    return Value(
        each["name"], kind_of(written, each["schema"]), bool(each.get("required")), said(each.get("description"))
    )


def fields(written: dict[str, Any], described: dict[str, Any]) -> list[Value]:
    whole = resolved(written, described)
    required = set(whole.get("required", ()))
    return [
        Value(name, kind_of(written, each), name in required, said(each.get("description")))
        for name, each in whole.get("properties", {}).items()
    ]


def resolved(written: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    name = described.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = written["components"]["schemas"][name] if name else described
    return found


def kind_of(written: dict[str, Any], described: dict[str, Any]) -> str:
    """A type in a few words: "string", "string[]", "yes | no", the name of an object and its fields."""
    if "anyOf" in described:
        kinds = [kind_of(written, each) for each in described["anyOf"]]
        return " | ".join(dict.fromkeys(kinds))
    if "$ref" in described:
        names = list(resolved(written, described).get("properties", {}))
        return f"{{{', '.join(names)}}}"
    if "enum" in described:
        return " | ".join(map(str, described["enum"]))
    if described.get("type") == "array":
        return f"{kind_of(written, described['items'])}[]"
    return str(described.get("format") or described.get("const") or described.get("type", "any"))


def said(text: str | None) -> str:
    """In the language of the reader; the schema itself is in English."""
    return gettext(text) if text else ""
