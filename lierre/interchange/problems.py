"""What goes wrong, as machines read it (RFC 9457): a status, a kind, and a sentence that says what to do."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 - an answer, not an accident
    """`kind` is stable, for programs; `detail` is a sentence, for whoever looks after them."""

    def __init__(
        self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        self.status, self.kind, self.detail, self.headers, self.more = status, kind, detail, headers or {}, more
        super().__init__(detail)

    def response(self) -> HttpResponse:
        said = {
            "type": f"urn:lierre:problem:{self.kind}", "title": HTTPStatus(self.status).phrase, "status": self.status,
            "detail": self.detail, **self.more,
        }  # fmt: skip
        return JsonResponse(said, status=self.status, content_type=CONTENT_TYPE, headers=dict(self.headers))


def unknown_token() -> Problem:
    detail = _(
        "Show a token: Authorization: Bearer lierre_… It may be missing, false, taken back, or past its last day."
    )
    return Problem(401, "token", detail, {"WWW-Authenticate": 'Bearer realm="Lierre"'})


def scope_is_missing(name: str) -> Problem:
    detail = _("This needs the scope %(scope)s, given to the token and still held by its owner.") % {"scope": name}
    challenge = f'Bearer realm="Lierre", error="insufficient_scope", scope="{name}"'
    return Problem(403, "scope", detail, {"WWW-Authenticate": challenge}, scope=name)


def too_many(seconds: int) -> Problem:
    detail = _("Too many requests in one minute. Wait %(seconds)d seconds, then go on.") % {"seconds": seconds}
    return Problem(429, "rate", detail, {"Retry-After": str(seconds)})


def nothing_here() -> Problem:
    """What does not exist and what may not be seen are told alike."""
    return Problem(404, "unknown", _("Nothing is here for this token. Ask a list again, and follow what it says."))


def wrong_method(allowed: str) -> Problem:
    detail = _("This address answers to other methods: %(methods)s.") % {"methods": allowed}
    return Problem(405, "method", detail, {"Allow": allowed})


def not_valid(errors: list[dict[str, Any]]) -> Problem:
    detail = _("Something sent is not as described: correct what is listed in “errors”, then send it again.")
    return Problem(422, "not_valid", detail, errors=errors)


def refused(sentence: str) -> Problem:
    return Problem(409, "refused", sentence)


def not_readable() -> Problem:
    return Problem(
        400, "not_readable", _("What was sent cannot be read. Send JSON in UTF-8, as the documentation shows.")
    )


def too_large() -> Problem:
    return Problem(
        413, "too_large", _("What was sent is too large. Send less at a time; bring long files as an import.")
    )


def accident() -> Problem:
    return Problem(
        500,
        "accident",
        _("Something broke here. Tell the IT department, and look at what was done before you try again."),
    )
