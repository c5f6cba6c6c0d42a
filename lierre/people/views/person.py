"""The page of a person: what is known, since when, from whom."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lierre.foundation.abilities import may, needs
from lierre.people.directory import looks
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.permissions import EDIT_PERSONS, ERASE_PERSONS, SEE_EVERYTHING, SEE_PERSONS
from lierre.people.readings.sheet import Sheet
from lierre.people.views.loading import person_or_404, see_other, sheet_or_404

LINES_OF_JOURNAL: Final = 6


@require_safe
@needs(SEE_PERSONS)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """For staff with every witness; for others, what the person lets them see."""
    found = person_or_404(public_id)
    if found.account_id == request.user.pk and not may(request.user, SEE_EVERYTHING):
        return see_other("people:own_record")
    sheet = Sheet(found, Viewer.of(request.user))
    if not sheet.exists:
        raise Http404
    if sheet.tells_witnesses and sheet.is_hidden:
        looks.saw_person(found, by=request.user)
    audience = request.GET.get("comme", "") if sheet.tells_witnesses else ""
    if audience in AUDIENCES:
        return as_others_see(request, sheet, audience)
    context = {
        "sheet": sheet,
        "person": found,
        "may_edit": may(request.user, EDIT_PERSONS),
        "may_erase": may(request.user, ERASE_PERSONS),
        "audiences": AUDIENCES,
        "journal": sheet.journal(LINES_OF_JOURNAL) if sheet.tells_witnesses else [],
    }
    return render(request, "people/person/page.html", context)


def as_others_see(request: HttpRequest, sheet: Sheet, audience: str) -> HttpResponse:
    """The page as one of these would open it, for whoever answers a question about it."""
    years = [sheet.year] if audience == "class" and sheet.year else []
    among = () if audience == "class" else (audience,)
    seen = Sheet(sheet.person, Viewer.among(*among, years=years), sheet.policy)
    context = {"sheet": seen, "person": sheet.person, "audiences": AUDIENCES, "audience": AUDIENCES[audience]}
    return render(request, "people/person/as_others_see.html", context)


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
