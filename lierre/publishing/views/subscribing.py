"""Following the calendar from one's own: a secret address, shown to whoever it belongs to, renewed or closed when it is known."""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import done
from lierre.foundation.abilities import may, needs
from lierre.publishing.icalendar import calendar
from lierre.publishing.icalendar import followed as what_is_followed
from lierre.publishing.models import CalendarLink
from lierre.publishing.permissions import SEE_POSTS


@never_cache
@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def subscription(request: HttpRequest) -> HttpResponse:
    link = CalendarLink.objects.filter(user=request.user.pk).first()
    if request.method == "POST" and "close" in request.POST:
        if link is not None:
            link.close(by=request.user)
        return done(request, _("Your address shows nothing any more."), "publishing:subscription")
    if request.method == "POST":
        CalendarLink.renew(request.user)
        return done(request, _("Here is your address. A former one shows nothing any more."), "publishing:subscription")
    address = settings.ADDRESS + reverse("publishing:followed", args=[link.token]) if link else ""
    return render(request, "publishing/subscription.html", {"address": address})


@cache_control(private=True, no_cache=True)
@require_safe
@login_not_required
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The token is the key, as long as whoever holds it may see the calendar. What has not changed is not sent again."""
    link = CalendarLink.objects.select_related("user").filter(token=token).first()
    if link is None or not link.user.is_active or not may(link.user, SEE_POSTS):
        raise Http404
    said = calendar(what_is_followed())
    answer = HttpResponse(said, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = quote_etag(sha256(said.encode()).hexdigest())
    return get_conditional_response(request, answer["ETag"], response=answer) or answer
