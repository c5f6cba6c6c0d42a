"""What anybody may see: the official accounts, and the page where whoever answers for one confirms it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lierre.publishing.confirming import account_of
from lierre.publishing.confirming import confirm as say_yes
from lierre.publishing.models import Account
from lierre.publishing.network_names import name_of


@require_safe
@login_not_required
def official(request: HttpRequest) -> HttpResponse:
    """With `rel="me"`: networks that verify links find theirs here."""
    rows = Account.objects.living().filter(status=Account.Status.OFFICIAL).exclude(address="").select_related("unit")
    accounts = sorted(((name_of(each.network), each) for each in rows), key=lambda pair: (pair[0], pair[1].label))
    return render(request, "publishing/official.html", {"accounts": accounts, "institution": settings.INSTITUTION})


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail is the key; opening it changes nothing, the button does."""
    account = account_of(token)
    if account is None:
        raise Http404
    if request.method == "POST":
        say_yes(account, by=account.owner)
    return render(request, "publishing/confirm.html", {"account": account, "is_done": request.method == "POST"})
