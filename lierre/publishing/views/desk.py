"""The desk: what the network cannot say, what it refused, what was missed; with the evidence, and who decides."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.desk import desk as what_waits
from lierre.publishing.desk import waiting_posts
from lierre.publishing.forms.seen import SeenForm
from lierre.publishing.models import Delivery
from lierre.publishing.outbox.adopting import adopt
from lierre.publishing.outbox.health import check
from lierre.publishing.outbox.looking import look
from lierre.publishing.permissions import (
    KEEP_ACCOUNTS,
    SEE_POSTS,
    SETTLE_POSTS,
    accounts_where,
    may_settle,
    publishes_by_hand,
)
from lierre.publishing.views.register import kept_by

# What a button does, and what is said then.
ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "absente": (Delivery.it_is_not, gettext_lazy("It leaves again within some seconds, as something new.")),
    "envoyer": (Delivery.send_now, gettext_lazy("It leaves within some seconds.")),
    "abandonner": (Delivery.give_up, gettext_lazy("It does not leave.")),
}


@require_safe
@needs(SEE_POSTS)
def desk(request: HttpRequest) -> HttpResponse:
    shown = what_waits()
    theirs = set(accounts_where(request.user, SETTLE_POSTS).values_list("pk", flat=True))
    for row in shown.rows:
        row.is_theirs = row.account_id in theirs or publishes_by_hand(request.user, row)  # type: ignore[attr-defined]
    context = {"desk": shown, "kept": set(accounts_where(request.user, KEEP_ACCOUNTS).values_list("pk", flat=True))}
    return render(request, "publishing/desk.html", context)


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One row of the outbox: its road, its proof; and, when nobody knows, the address that somebody gives."""
    found = get_object_or_404(Delivery.objects.select_related("post", "account__unit"), pk=delivery_id)
    form = SeenForm(request.POST or None)
    is_theirs = may_settle(request.user, found)
    if request.method == "POST" and not is_theirs:
        raise NotAllowed(SETTLE_POSTS)
    if acted(request, form, lambda: adopt(found, form.cleaned_data["link"], by=request.user)):
        waiting_posts.forget()
        return done(request, _("It is online: the address is kept as its proof."), "publishing:desk")
    context = {"delivery": found, "log": found.log.all(), "form": form, "may_settle": is_theirs}
    return render(request, "publishing/delivery.html", context, status=422 if form.errors else 200)


def settled_by(request: HttpRequest, delivery_id: int) -> Delivery:
    """One of an account that is theirs to settle: a unit says nothing of what the institution sent."""
    found = get_object_or_404(Delivery.objects.select_related("post", "account__unit"), pk=delivery_id)
    if not may_settle(request.user, found):
        raise NotAllowed(SETTLE_POSTS)
    return found


@require_POST
@needs(SEE_POSTS)
def act(request: HttpRequest, delivery_id: int, name: str) -> HttpResponse:
    found = settled_by(request, delivery_id)
    if name not in ACTS:
        raise Http404
    do, sentence = ACTS[name]
    try:
        do(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:desk")
    waiting_posts.forget()
    return done(request, str(sentence), "publishing:desk")


@require_safe
@needs(SEE_POSTS)
def write_there(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Out of the house, to the page of the network where one writes; the text is there already when it allows that."""
    found = get_object_or_404(Delivery.objects.select_related("account"), pk=delivery_id)
    del request
    address = str(((found.frozen or {}).get("payload") or {}).get("composer") or found.account.address)
    if not address.startswith("https://"):
        raise Http404
    return HttpResponseRedirect(address)


@require_POST
@needs(SETTLE_POSTS)
def ask(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Ask the network once more, now."""
    found = settled_by(request, delivery_id)
    look(found, patience=0)
    sentence = _("The network was asked: it is “%(state)s”.") % {"state": found.get_state_display()}
    return done(request, sentence, "publishing:delivery", found.pk)


@require_POST
@needs(KEEP_ACCOUNTS)
def try_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Somebody thinks that the account is open again."""
    account = kept_by(request, account_id, living=False)
    if check(account, by=request.user) is None:
        return refused(request, Refused(account.said or _("The network does not answer.")), "publishing:desk")
    if account.is_held:
        account.release(by=request.user)
    return done(request, _("%(account)s answers: what waited leaves.") % {"account": account}, "publishing:desk")
