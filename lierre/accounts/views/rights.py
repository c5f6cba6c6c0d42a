"""Who can do what: the abilities of the house, the roles that give them, the people who hold them."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from lierre.accounts import rights as reading
from lierre.accounts.permissions import SEE_RIGHTS
from lierre.accounts.views.answers import see_other
from lierre.foundation.abilities import declared, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.journal import record
from lierre.foundation.paging import newest_first

FORMATS: Final = {"csv": csv_response, "xlsx": xlsx_response}
HEADER: Final = (_("Name"), _("E-mail"), _("Role"), _("Unit"), _("What can be done"))


@require_safe
@needs(SEE_RIGHTS)
def rights(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/rights/page.html", {"rights": reading.table(), "kinds": reading.KINDS})


@require_safe
@needs(SEE_RIGHTS)
def right(request: HttpRequest, name: str) -> HttpResponse:
    """Who holds one ability."""
    ability = next((ability for ability in declared() if ability.name == name), None)
    if ability is None:
        raise Http404
    page = newest_first(reading.holding(ability), request.GET.get("before"))
    return render(request, "accounts/rights/right.html", {"ability": ability, "page": page})


@require_GET
@needs(SEE_RIGHTS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """One line for each person, role and ability; and a line of the journal that says it left."""
    try:
        response = FORMATS[form](str(_("who-can-do-what")), HEADER, reading.lines())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other("accounts:rights")
    record("rights.exported", by=request.user, name=form.upper())
    return response
