"""Each person reads hours on their own clock: the zone of the account, else that of the institution."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from lierre.foundation.zones import is_known


class OwnClock:
    """A zone that this machine does not know any more is passed over: a page late by an hour is better than none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = request.user.time_zone if request.user.is_authenticated else ""
        with timezone.override(name if name and is_known(name) else None):
            return self.get_response(request)
