"""The machines that are told: making a webhook, trying it, seeing what was sent, sending again."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done, refused, see_other
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.paging import newest_first
from lierre.interchange.forms.webhooks import ListeningForm, WebhookForm
from lierre.interchange.models import Dispatch, Webhook
from lierre.interchange.permissions import MANAGE_WEBHOOKS

# What a button does, and what is said then.
ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "essayer": (Dispatch.try_out, gettext_lazy("A message of trial leaves within half a minute.")),
    "arreter": (Webhook.stop, gettext_lazy("It is stopped: nothing leaves any more.")),
    "relancer": (Webhook.start, gettext_lazy("It is told again what happens from now on.")),
}


@never_cache
@require_http_methods(["GET", "POST"])
@needs(MANAGE_WEBHOOKS)
def new(request: HttpRequest) -> HttpResponse:
    form, made = WebhookForm(request.POST or None), []

    def act() -> None:
        made.append(Webhook.make(**form.said, by=request.user))

    if acted(request, form, act):
        webhook, secret = made[0]
        return render(request, "interchange/secret.html", {"webhook": webhook, "secret": secret}, status=201)
    return render(request, "interchange/new_webhook.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(MANAGE_WEBHOOKS)
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    found = get_object_or_404(Webhook, pk=webhook_id)
    form = ListeningForm(request.POST or None, initial={"url": found.url, "events": found.events})

    def act() -> None:
        found.change(**form.cleaned_data, by=request.user)

    if acted(request, form, act):
        return done(request, _("It is kept."), "interchange:webhook", found.pk)
    page = newest_first(found.dispatches.all(), request.GET.get("before"), 20)
    context = {"webhook": found, "form": form, "page": page}
    return render(request, "interchange/webhook.html", context, status=422 if form.errors else 200)


@require_POST
@needs(MANAGE_WEBHOOKS)
def act(request: HttpRequest, webhook_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Webhook, pk=webhook_id)
    if name not in ACTS:
        raise Http404
    do, sentence = ACTS[name]
    try:
        do(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "interchange:webhook", found.pk)
    return done(request, str(sentence), "interchange:webhook", found.pk)


@never_cache
@require_POST
@needs(MANAGE_WEBHOOKS)
def renew(request: HttpRequest, webhook_id: int) -> HttpResponse:
    found = get_object_or_404(Webhook, pk=webhook_id)
    return render(request, "interchange/secret.html", {"webhook": found, "secret": found.renew(by=request.user)})


@require_http_methods(["GET", "POST"])
@needs(MANAGE_WEBHOOKS)
def forget(request: HttpRequest, webhook_id: int) -> HttpResponse:
    found = get_object_or_404(Webhook, pk=webhook_id)
    if request.method != "POST":
        return render(request, "interchange/forget.html", {"webhook": found})
    found.forget(by=request.user)
    return done(
        request, _("%(name)s is forgotten, with what was sent to it.") % {"name": found}, "interchange:machines"
    )


@require_POST
@needs(MANAGE_WEBHOOKS)
def send_again(request: HttpRequest, dispatch_id: int) -> HttpResponse:
    dispatch = get_object_or_404(Dispatch.objects.select_related("webhook"), pk=dispatch_id)
    try:
        dispatch.send_again(by=request.user)
        messages.success(request, _("The same message leaves again within half a minute."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(dispatch.webhook)
