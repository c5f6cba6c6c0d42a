"""For an ambassador: the accounts that they connect themselves, the way to a network and back, and the way out."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.connectors.network import Way
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.opening import ChoiceOfAccount, GoForm, KeyForm
from lierre.publishing.forms.seen import SeenForm
from lierre.publishing.models import Ambassador, OwnAccount, OwnOpening
from lierre.publishing.models.opening import Going
from lierre.publishing.models.own_account import NETWORKS
from lierre.publishing.network_names import name_of
from lierre.publishing.opening import coming_back
from lierre.publishing.opening.going import begin, host_of, missing_setting, ways_of, where
from lierre.publishing.own import closing, connecting
from lierre.publishing.own.desk import mine as what_is_mine
from lierre.publishing.permissions import TAKE_PART
from lierre.publishing.views.ambassadors import mine
from lierre.publishing.views.opening import session_of

PAGE: Final = "publishing:own_accounts"


@never_cache
@require_safe
@needs(TAKE_PART)
def own_accounts(request: HttpRequest) -> HttpResponse:
    """Theirs alone: accounts, what asks for them, what is planned, what is online."""
    context = {"mine": what_is_mine(mine(request)), "words": connecting.WORDS, "form": SeenForm()}
    return render(request, "publishing/own_accounts.html", context)


def account_of(who: Ambassador, network: str) -> OwnAccount:
    if network not in NETWORKS:
        raise Http404
    return connecting.account_of(who, network)


@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def connect(request: HttpRequest, network: str) -> HttpResponse:
    """What Lierre may do there, then: to the network and back, or with a key made over there."""
    account, asked = account_of(mine(request), network), request.POST.get("way", "")
    go = GoForm(request.POST if asked == Way.CODE else None, account=account)
    key = KeyForm(request.POST if asked == Way.KEY else None, account=account)
    began: list[Going] = []

    def leave() -> None:
        began.append(begin(connecting.begun(account), go.address, user=request.user, session=session_of(request)))

    def paste() -> None:
        said = key.cleaned_data
        connecting.with_key(account, said["secret"], whose=said.get("whose", ""), address=key.address)

    if acted(request, go, leave):
        return done(request, _("Everything is ready."), "publishing:own_opening", began[0].pk)
    if acted(request, key, paste):
        return done(request, _("%(account)s is connected.") % {"account": account}, PAGE)
    context = {
        "account": account, "go": go, "key": key, "ways": {each.value for each in ways_of(account)},
        "missing": missing_setting(account), "words": connecting.WORDS, "rights": connecting.RIGHTS[network],
        "besides": connecting.BESIDES.get(network, ""),
    }  # fmt: skip
    return render(request, "publishing/own_ways.html", context, status=422 if go.errors or key.errors else 200)


def begun_here(request: HttpRequest, opening_id: int) -> OwnOpening:
    return get_object_or_404(OwnOpening.objects.of(request.user, session_of(request)), pk=opening_id)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def opening(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Before: the way there. After, when there are several: which is theirs."""
    found = begun_here(request, opening_id)
    opened = coming_back.opened_by(found)
    form = ChoiceOfAccount(request.POST or None, opened=opened)
    if acted(request, form, lambda: coming_back.choose(found, form.cleaned_data["account"], by=request.user)):
        return done(request, _("%(account)s is connected.") % {"account": found.account}, PAGE)
    host = "" if opened or found.back_at else host_of(found)
    context = {"account": found.account, "opening": found, "form": form, "opened": opened, "host": host}
    return render(request, "publishing/own_opening.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs(TAKE_PART)
def leave(request: HttpRequest, opening_id: int) -> HttpResponse:
    """To the network, which is told at this very moment what will be asked."""
    found = begun_here(request, opening_id)
    try:
        return redirect(where(found))
    except Refused as refusal:
        return refused(request, refusal, "publishing:connect_own", found.account.network)


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def disconnect(request: HttpRequest, network: str) -> HttpResponse:
    """What goes with it is said first; then at once."""
    account = account_of(mine(request), network)
    if not account.is_connected:
        raise Http404
    doubt = closing.in_doubt(account)
    if request.method == "POST":
        told = {"network": name_of(network)}
        if closing.close(account, by=request.user, patience=closing.PATIENCE):
            return done(
                request, _("Your %(network)s account is disconnected: its keys open nothing any more.") % told, PAGE
            )
        said = _(
            "Its keys are destroyed here. %(network)s did not hear of it: take the right of Lierre back over there too."
        )
        return done(request, said % told, PAGE)
    context = {"account": account, "doubt": doubt, "waits": closing.not_left(account)}
    return render(request, "publishing/own_leave.html", context)
