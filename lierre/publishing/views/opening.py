"""Connecting an account: the ways there are, the way to the network and back, the choice of what was opened there."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.connectors.bluesky.client import is_at_home
from lierre.connectors.network import Way
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.opening import ChoiceOfAccount, GoForm, KeyForm
from lierre.publishing.models import Account, Opening
from lierre.publishing.models.opening import Going
from lierre.publishing.opening import coming_back
from lierre.publishing.opening.going import back, begin, host_of, missing_setting, ways_of, where
from lierre.publishing.outbox.connecting import open_with_key
from lierre.publishing.permissions import KEEP_ACCOUNTS, TAKE_PART
from lierre.publishing.views.register import kept_by


def session_of(request: HttpRequest) -> str:
    return str(request.session.session_key or "")


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def connect(request: HttpRequest, account_id: int) -> HttpResponse:
    """Where we go over there, or with a key: whichever its network knows."""
    account = kept_by(request, account_id)
    asked = request.POST.get("way", "")
    go = GoForm(request.POST if asked == Way.CODE else None, account=account)
    key = KeyForm(request.POST if asked == Way.KEY else None, account=account)
    began: list[Going] = []
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
    host = "" if opened or found.back_at else host_of(found)
    context = {"account": found.account, "opening": found, "form": form, "opened": opened, "host": host}
    return render(request, "publishing/opening.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs(KEEP_ACCOUNTS)
def leave(request: HttpRequest, opening_id: int) -> HttpResponse:
    """To the network, which is told at this very moment what will be asked."""
    found = get_object_or_404(Opening.objects.of(request.user, session_of(request)), pk=opening_id, back_at=None)
    try:
        return redirect(where(found))
    except Refused as refusal:
        return refused(request, refusal, "publishing:connect_account", found.account_id)


@never_cache
@require_safe
@login_not_required
def come_back_by_number(request: HttpRequest) -> HttpResponse:
    """Whoever develops is sent back to the number of their machine, and is signed in at its name: there it is answered."""
    if not is_at_home():
        raise Http404
    return redirect(f"{back()}?{request.META['QUERY_STRING']}")


@never_cache
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """
    From the network. What it says is believed only when it is the answer to what this very session asked: for an account of
    the institution, or for one’s own.
    """
    keeps = may(request.user, KEEP_ACCOUNTS)
    if not keeps and not may(request.user, TAKE_PART):
        raise NotAllowed(KEEP_ACCOUNTS)
    try:
        found = coming_back.left_with(request.GET.get("state", ""), user=request.user, session=session_of(request))
    except Refused as refusal:
        return refused(request, refusal, "publishing:accounts" if keeps else "publishing:own_accounts")
    needed = TAKE_PART if found.account.is_personal else KEEP_ACCOUNTS
    if not may(request.user, needed):
        raise NotAllowed(needed)
    try:
        account = coming_back.come_back(found, request.GET.get("code", ""), request.GET.get("iss", ""))
    except Refused as refusal:
        return refused(request, refusal, *ways_to(found))
    if account is None:
        choice = "publishing:own_opening" if found.account.is_personal else "publishing:opening"
        return done(request, _("Over there it is done. Say which account it is."), choice, found.pk)
    return done(request, _("%(account)s is connected.") % {"account": account}, account.get_absolute_url())


def ways_to(found: Going) -> tuple[str, object]:
    account = found.account
    if account.is_personal:
        return "publishing:connect_own", account.network
    return "publishing:connect_account", account.pk
