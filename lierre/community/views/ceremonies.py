"""Ceremonies, for the alumni office: the posters and cards, the figures by day, the class and who is missing."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.community.forms.graduating import CeremonyForm
from lierre.community.graduating.roll import Roll
from lierre.community.models import Ceremony
from lierre.community.permissions import HOLD_CEREMONIES
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.journal import record
from lierre.foundation.square import square, svg
from lierre.people.directory import looks
from lierre.people.views.loading import see_other

STATES: Final = {"manquants": "missing", "attendus": "waiting", "joints": "reached"}
CARDS: Final = range(4)


@require_http_methods(["GET", "POST"])
@needs(HOLD_CEREMONIES)
def ceremonies(request: HttpRequest) -> HttpResponse:
    form, held = CeremonyForm(request.POST or None), []
    if acted(request, form, lambda: held.append(Ceremony.hold(**form.cleaned_data, by=request.user))):
        return see_other(held[0])
    context = {"form": form, "ceremonies": Ceremony.objects.latest_first()[:60]}
    return render(request, "community/graduating/list.html", context, status=422 if form.errors else 200)


@require_safe
@needs(HOLD_CEREMONIES)
def ceremony(request: HttpRequest, ceremony_id: int) -> HttpResponse:
    roll = roll_of(request, ceremony_id)
    looks.saw_persons([line.person for line in roll.lines], by=request.user)
    side, path = square(roll.ceremony.address)
    context = {
        "ceremony": roll.ceremony, "roll": roll, "side": side, "path": path, "state": request.GET.get("etat", ""),
    }  # fmt: skip
    return render(request, "community/graduating/ceremony.html", context)


def roll_of(request: HttpRequest, ceremony_id: int) -> Roll:
    return Roll(get_object_or_404(Ceremony, pk=ceremony_id), STATES.get(request.GET.get("etat", ""), ""))


@require_safe
@needs(HOLD_CEREMONIES)
def export_roll(request: HttpRequest, ceremony_id: int, form: str) -> HttpResponseBase:
    """Names leave the house: a line in the journal says so."""
    roll = roll_of(request, ceremony_id)
    record("ceremony.exported", roll.ceremony, by=request.user, persons=len(roll.lines), form=form)
    respond = csv_response if form == "csv" else xlsx_response
    return respond(_("class"), roll.header(), roll.rows())


@require_safe
@needs(HOLD_CEREMONIES)
def printed(request: HttpRequest, ceremony_id: int, sheet: str) -> HttpResponse:
    """A poster on a page, or four cards: printed by the browser, or kept as PDF by it."""
    found = get_object_or_404(Ceremony, pk=ceremony_id)
    side, path = square(found.address)
    context = {
        "ceremony": found, "side": side, "path": path, "institution": settings.INSTITUTION,
        "cards": CARDS if sheet == "cartes" else None,
    }  # fmt: skip
    return render(request, "community/graduating/printed.html", context)


@require_safe
@needs(HOLD_CEREMONIES)
def code(_request: HttpRequest, ceremony_id: int) -> HttpResponse:
    """The square alone, for a screen or a printer."""
    found = get_object_or_404(Ceremony, pk=ceremony_id)
    response = HttpResponse(svg(found.address), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="qr-{found.pk}.svg"'
    return response


@require_POST
@needs(HOLD_CEREMONIES)
def close_ceremony(request: HttpRequest, ceremony_id: int) -> HttpResponse:
    try:
        get_object_or_404(Ceremony, pk=ceremony_id).close(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:ceremony", ceremony_id)
    return done(request, _("It is closed: the posters lead nowhere any more."), "community:ceremony", ceremony_id)
