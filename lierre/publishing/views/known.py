"""Who this instance is, read by servers that know it by its address: a page of facts, and its public keys. Nobody signs in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lierre.connectors.bluesky import client
from lierre.publishing.opening.going import back

MINUTES_10 = 600


@require_safe
@cache_control(public=True, max_age=MINUTES_10)
@login_not_required
def to_bluesky(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(client.page(back()))


@require_safe
@cache_control(public=True, max_age=MINUTES_10)
@login_not_required
def keys(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(client.public_keys())
