"""What anybody may see: the official accounts, what they say as a feed, the page where whoever answers for one confirms it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from lierre.accounts.models import Unit
from lierre.connectors.feeds import atom as in_atom
from lierre.connectors.feeds import rss as in_rss
from lierre.connectors.feeds.atom import KIND as ATOM
from lierre.connectors.feeds.rss import KIND as RSS
from lierre.publishing.confirming import account_of
from lierre.publishing.confirming import confirm as say_yes
from lierre.publishing.feed import published
from lierre.publishing.models import Account
from lierre.publishing.network_names import name_of

MINUTES_10 = 600


@require_safe
@login_not_required
def official(request: HttpRequest) -> HttpResponse:
    """With `rel="me"`: networks that verify links find theirs here."""
    rows = Account.objects.living().filter(status=Account.Status.OFFICIAL).exclude(address="").select_related("unit")
    accounts = sorted(((name_of(each.network), each) for each in rows), key=lambda pair: (pair[0], pair[1].label))
    return render(request, "publishing/official.html", {"accounts": accounts, "institution": settings.INSTITUTION})


@require_safe
@conditional_page
@cache_control(public=True, max_age=MINUTES_10)
@login_not_required
def atom(request: HttpRequest) -> HttpResponse:
    return HttpResponse(in_atom(published("atom", unit_of(request))), content_type=ATOM)


@require_safe
@conditional_page
@cache_control(public=True, max_age=MINUTES_10)
@login_not_required
def rss(request: HttpRequest) -> HttpResponse:
    return HttpResponse(in_rss(published("rss", unit_of(request))), content_type=RSS)


def unit_of(request: HttpRequest) -> Unit | None:
    """`?unite=IUTM`: what this unit says, and those below it."""
    code = request.GET.get("unite", "")
    return get_object_or_404(Unit, code=code) if code else None


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail is the key; opening it changes nothing, the button does."""
    account = account_of(token)
    if account is None:
        return render(request, "publishing/confirm_closed.html", status=404)
    if request.method == "POST":
        say_yes(account, by=account.owner)
    return render(request, "publishing/confirm.html", {"account": account, "is_done": request.method == "POST"})
