"""The page of a person: what is known, since when, from whom."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lierre.foundation.abilities import may, needs
from lierre.people.directory import looks
from lierre.people.directory.viewer import Viewer
from lierre.people.duplicates.queue import suspected
from lierre.people.facts import AUDIENCES
from lierre.people.models.merge import standing
from lierre.people.permissions import (
    EDIT_PERSONS,
    ERASE_PERSONS,
    JUDGE_DUPLICATES,
    SEE_AS,
    SEE_EVERYTHING,
    SEE_PERSONS,
)
from lierre.people.readings.choices import LOOKERS
from lierre.people.readings.sheet import Sheet
from lierre.people.views.loading import person_or_404, see_other, sheet_or_404

LINES_OF_JOURNAL: Final = 6


@require_safe
@needs(SEE_PERSONS)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """For staff with every witness; for others, what the person lets them see."""
    found = person_or_404(public_id)
    today = standing(found)
    if today != found:
        return see_other(today)
    if found.account_id == request.user.pk and not may(request.user, SEE_EVERYTHING):
        return see_other("people:own_record")
    sheet = Sheet(found, Viewer.of(request.user))
    if not sheet.exists:
        raise Http404
    if sheet.tells_witnesses and sheet.is_hidden:
        looks.saw_person(found, by=request.user)
    if request.GET.get("comme", "") in LOOKERS and may(request.user, SEE_AS):
        looks.saw_as(found, request.GET["comme"], by=request.user)
        return as_others_see(request, sheet, request.GET["comme"])
    return shown(
        request,
        sheet,
        may_edit=may(request.user, EDIT_PERSONS),
        may_erase=may(request.user, ERASE_PERSONS),
        may_see_as=may(request.user, SEE_AS),
        suspicion=suspected(found) if may(request.user, JUDGE_DUPLICATES) else None,
        journal=sheet.journal(LINES_OF_JOURNAL) if sheet.tells_witnesses else [],
    )


def shown(request: HttpRequest, sheet: Sheet, **more: Any) -> HttpResponse:
    """The page that the viewer of this sheet has: of whoever opens it, or borrows the eyes of somebody who would."""
    context = {"sheet": sheet, "person": sheet.person, "audiences": AUDIENCES, **more}
    return render(request, "people/person/page.html", context)


def as_others_see(request: HttpRequest, sheet: Sheet, looker: str, home: str = "") -> HttpResponse:
    """The page as somebody of this kind opens it: the same code answers, only the viewer is borrowed."""
    seen = Sheet(sheet.person, Viewer.like(looker, sheet.year), sheet.policy)
    eyes = {
        "lookers": LOOKERS, "looker": looker, "label": LOOKERS[looker], "home": home or sheet.person.get_absolute_url(),
    }  # fmt: skip
    if seen.exists:
        return shown(request, seen, eyes=eyes)
    return render(request, "people/person/out_of_sight.html", {"sheet": seen, "person": sheet.person, "eyes": eyes})


@require_safe
@needs(SEE_EVERYTHING)
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every witness, every decision, every line of the journal about one person."""
    sheet = sheet_or_404(request, public_id)
    context = {
        "sheet": sheet,
        "person": sheet.person,
        "journal": sheet.journal(500),
        "heard": sheet.heard,
        "may_edit": may(request.user, EDIT_PERSONS),
    }
    return render(request, "people/person/history.html", context)
