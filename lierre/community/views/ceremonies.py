"""Ceremonies, for the alumni office: the posters and cards, the figures by day, the class and who is missing."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.community.forms.graduating import CeremonyForm
from lierre.community.graduating.roll import Roll
from lierre.community.models import Ceremony
from lierre.community.permissions import HOLD_CEREMONIES
from lierre.community.roster import Asked
from lierre.community.views.taking import Taken, take_away
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.square import square, svg
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.views.loading import see_other

STATES: Final = {"manquants": "missing", "attendus": "waiting", "joints": "reached"}
CHOICES: Final = (
    ("", gettext_lazy("Everybody")), ("manquants", gettext_lazy("Missing")), ("attendus", gettext_lazy("To confirm")),
    ("joints", gettext_lazy("Within reach")),
)  # fmt: skip
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
    roll.roster.looked_at(roll.ceremony, by=request.user)
    side, path = square(roll.ceremony.address)
    context = {
        "ceremony": roll.ceremony, "roll": roll, "side": side, "path": path, "state": request.GET.get("etat", ""),
        "states": CHOICES,
    }  # fmt: skip
    return render(request, "community/graduating/ceremony.html", context)


def roll_of(request: HttpRequest, ceremony_id: int) -> Roll:
    found, sight = get_object_or_404(Ceremony, pk=ceremony_id), sight_of(Viewer.of(request.user))
    return Roll(found, sight, Asked.read(request.GET, "etat"), STATES.get(request.GET.get("etat", ""), ""))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HOLD_CEREMONIES)
def export_roll(request: HttpRequest, ceremony_id: int, form: str) -> HttpResponseBase:
    """Names leave the house: those whom the page lists, on all its pages."""
    roll = roll_of(request, ceremony_id)
    taken = Taken(roll.ceremony, roll.roster, "ceremony.exported", _("class"), roll.header(), roll.table())
    return take_away(request, taken, form)


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
