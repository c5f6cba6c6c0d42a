"""Where an account is open, and when each session was last seen: noted once a minute, not at every page.

A page that only reads must not write: on an embedded base it would wait for whoever writes.
"""

from collections.abc import Callable
from time import monotonic
from typing import Final

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

A_WHILE: Final = 60.0  # seconds
MOST: Final = 10_000


class SessionActivity:
    """Each process remembers which sessions it noted, and when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.noted: dict[str, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and self.is_due(key) and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
            self.noted[key] = monotonic()
        return self.get_response(request)

    def is_due(self, key: str) -> bool:
        if len(self.noted) > MOST:
            self.noted.clear()
        return monotonic() - self.noted.get(key, -A_WHILE) >= A_WHILE
