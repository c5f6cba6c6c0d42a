"""Who is asking: the token itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router

from lierre.interchange.door import token_of
from lierre.interchange.models.token import RATE
from lierre.interchange.operations.registering import asks
from lierre.interchange.scopes import in_force
from lierre.interchange.shapes.bringing import Me

router = Router(tags=["token"])


@asks(
    router, "GET", "/me", "", Me,
    name="me", summary=gettext_noop("Read what this token may do"),
)  # fmt: skip
def me(request: HttpRequest) -> dict[str, Any]:
    token = token_of(request)
    held = in_force(token.scopes, token.owner)
    return {
        "name": token.name, "owner": str(token.owner), "scopes": held,
        "lost_scopes": [scope for scope in token.scopes if scope not in held],
        "expires_at": token.expires_at, "requests_a_minute": RATE,
    }  # fmt: skip
