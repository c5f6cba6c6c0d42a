"""Connecting an account: the ways there are, the way to the network and back, the choice of what was opened there."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.connectors.network import Way
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.opening import ChoiceOfAccount, GoForm, KeyForm
from lierre.publishing.models import Account, Opening
from lierre.publishing.opening import coming_back
from lierre.publishing.opening.going import back, begin, missing_setting, ways_of, where
from lierre.publishing.outbox.connecting import open_with_key
from lierre.publishing.permissions import KEEP_ACCOUNTS


def session_of(request: HttpRequest) -> str:
    return str(request.session.session_key or "")


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def connect(request: HttpRequest, account_id: int) -> HttpResponse:
    """Where we go over there, or with a key: whichever its network knows."""
    account = get_object_or_404(Account.objects.living(), pk=account_id)
    asked = request.POST.get("way", "")
    go = GoForm(request.POST if asked == Way.CODE else None, account=account)
    key = KeyForm(request.POST if asked == Way.KEY else None, account=account)
    began: list[Opening] = []
    if acted(
        request, go, lambda: began.append(begin(account, go.address, user=request.user, session=session_of(request)))
    ):
        return done(request, _("Everything is ready."), "publishing:opening", began[0].pk)
    if acted(request, key, lambda: with_key(account, key, request)):
        return done(request, _("%(account)s is connected.") % {"account": account}, "publishing:account", account.pk)
    context = {
        "account": account, "go": go, "key": key, "ways": {each.value for each in ways_of(account)}, "back": back(),
        "missing": missing_setting(account),
    }  # fmt: skip
    return render(request, "publishing/opening_ways.html", context, status=422 if go.errors or key.errors else 200)


def with_key(account: Account, form: KeyForm, request: HttpRequest) -> None:
    said = form.cleaned_data
    open_with_key(account, said["secret"], whose=said.get("whose", ""), address=form.address, by=request.user)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def opening(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Before: the way there. After: what was opened, and which of it is this account."""
    found = get_object_or_404(Opening.objects.of(request.user, session_of(request)), pk=opening_id)
    opened = coming_back.opened_by(found)
    form = ChoiceOfAccount(request.POST or None, opened=opened)
    if acted(request, form, lambda: coming_back.choose(found, form.cleaned_data["account"], by=request.user)):
        said = _("%(account)s is connected.") % {"account": found.account}
        return done(request, said, "publishing:account", found.account_id)
    way = "" if opened or found.back_at else where(found)
    context = {
        "account": found.account,
        "form": form,
        "opened": opened,
        "way": way,
        "host": urlsplit(way).hostname,
    }
    return render(request, "publishing/opening.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs(KEEP_ACCOUNTS)
def come_back(request: HttpRequest) -> HttpResponse:
    """From the network. What it says is believed only when it is the answer to what this very session asked."""
    try:
        found = coming_back.left_with(request.GET.get("state", ""), user=request.user, session=session_of(request))
    except Refused as refusal:
        return refused(request, refusal, "publishing:accounts")
    try:
        account = coming_back.come_back(found, request.GET.get("code", ""))
    except Refused as refusal:
        return refused(request, refusal, "publishing:connect_account", found.account_id)
    if account is None:
        return done(request, _("Over there it is done. Say which account it is."), "publishing:opening", found.pk)
    return done(request, _("%(account)s is connected.") % {"account": account}, "publishing:account", account.pk)
