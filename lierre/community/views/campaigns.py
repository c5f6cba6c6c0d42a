"""Whom to ask, and what became of it: choose, read the message as it will be received, send, follow."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.community.asking.preparing import prepare
from lierre.community.asking.reading import Queue, Reading
from lierre.community.forms.scope import ScopeForm
from lierre.community.models import Campaign
from lierre.community.permissions import ASK_FOR_NEWS
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.views.loading import see_other

ACTS: Final = {"envoyer": Campaign.send, "arreter": Campaign.stop, "abandonner": Campaign.abandon}


@require_http_methods(["GET", "POST"])
@needs(ASK_FOR_NEWS)
def asking(request: HttpRequest) -> HttpResponse:
    """Those it would be worth asking first, and the form that prepares a campaign."""
    form = ScopeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            return see_other(prepare(form.scope(), wanted=given["wanted"], word=given["word"], by=request.user))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    queue = Queue.seen_by(request.user)
    context = {"queue": queue, "form": form, "campaigns": Campaign.objects.latest_first()[:20]}
    return render(request, "community/asking/page.html", context, status=422 if form.errors else 200)


@require_safe
@needs(ASK_FOR_NEWS)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    found = get_object_or_404(Campaign, pk=campaign_id)
    context = {"campaign": found, "reading": Reading(found, by=request.user)}
    return render(request, "community/asking/campaign.html", context)


@require_POST
@needs(ASK_FOR_NEWS)
def act(request: HttpRequest, campaign_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Campaign, pk=campaign_id)
    if name not in ACTS:
        raise Http404
    try:
        ACTS[name](found, by=request.user)
        messages.success(request, told(found, name))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(found if name != "abandonner" else "community:asking")


def told(campaign: Campaign, name: str) -> str:
    if name == "envoyer":
        count = campaign.asks.count()
        said = ngettext(
            "%(count)d message leaves within a minute.", "%(count)d messages leave, some each minute.", count
        )
        return said % {"count": count}
    if name == "arreter":
        return _("Nothing more leaves. The links that left still answer.")
    return _("The campaign is abandoned: nothing has left.")
