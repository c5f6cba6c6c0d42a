"""The door of machines: who is there, how often they may ask, and the same answer for the same request sent twice."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from lierre.foundation.errors import Refused
from lierre.interchange import problems
from lierre.interchange.models import Token
from lierre.interchange.models.token import RATE
from lierre.interchange.once import once
from lierre.interchange.problems import Problem
from lierre.interchange.scopes import in_force

View = Callable[..., HttpResponse]
Say = Callable[[Problem], HttpResponse]
log = logging.getLogger(__name__)
BEARER: Final = "bearer "


def token_of(request: HttpRequest) -> Token:
    """The token that came in through the door."""
    return cast(Token, request.auth)  # type: ignore[attr-defined]


def need(request: HttpRequest, scope: str) -> Token:
    """The token, if it was given this scope and its owner may still do that."""
    token = token_of(request)
    if scope not in in_force([each for each in token.scopes if each == scope], token.owner):
        raise problems.scope_is_missing(scope)
    return token


def door(view: View, say: Say = Problem.response) -> View:
    """`say` writes a problem in the words of the protocol."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        counted: dict[str, str] = {}
        try:
            token = presented(request)
            request.auth = token  # type: ignore[attr-defined]
            counted = count(token)
            response = once(request, token, lambda: read(view, request, args, kwargs))
        except Problem as problem:
            response = say(problem)
        for name, value in counted.items():
            response.headers[name] = value
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Vary"] = "Authorization, Accept-Language"
        return response

    return answered


def presented(request: HttpRequest) -> Token:
    said = request.headers.get("Authorization", "")
    token = Token.objects.presented(said[len(BEARER) :].strip()) if said.lower().startswith(BEARER) else None
    if token is None:
        raise problems.unknown_token()
    return token


def count(token: Token) -> dict[str, str]:
    """Write one request down; what is left is said in each answer."""
    left, seconds = token.spend(), token.until_next_window()
    if left < 0:
        raise problems.too_many(seconds)
    return {"RateLimit-Limit": str(RATE), "RateLimit-Remaining": str(left), "RateLimit-Reset": str(seconds)}


def read(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    """Whatever happens inside becomes an answer that a machine can read."""
    try:
        response = view(request, *args, **kwargs)
    except Problem:
        raise
    except Refused as refusal:
        raise problems.refused(str(refusal)) from refusal
    except Http404:
        raise problems.nothing_here() from None
    except RequestDataTooBig:
        raise problems.too_large() from None
    except (SuspiciousOperation, MultiPartParserError, UnicodeError):
        raise problems.not_readable() from None
    except Exception as error:
        log.exception("A machine asked %s, and something broke.", request.path)
        raise problems.accident() from error
    if response.status_code == 405:
        raise problems.wrong_method(response.headers.get("Allow", ""))
    return response
