"""What is asked of an import: rehearse, apply, abandon, revert. Each says exactly what will happen before it does."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.foundation.errors import Refused
from lierre.foundation.models.work import Work
from lierre.people.models import Import, Record
from lierre.people.readings.rehearsal import Report
from lierre.people.views.imports import import_or_404
from lierre.people.views.loading import see_other

ASKS: Final[dict[str, Callable[..., Work]]] = {"appliquer": Import.ask_apply, "defaire": Import.ask_revert}
ACTS: Final = (*ASKS, "abandonner")


@require_POST
def rehearse(request: HttpRequest, import_id: int) -> HttpResponse:
    """Read every line and judge it: nothing is written, so nothing is asked first."""
    imported = import_or_404(request, import_id)
    try:
        return see_other("foundation:work", imported.ask_rehearsal(by=request.user).pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(imported)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, import_id: int, act: str) -> HttpResponse:
    """The page says what will happen; the button does it."""
    if act not in ACTS:
        raise Http404
    imported = import_or_404(request, import_id)
    if request.method == "POST":
        return carry_out(request, imported, act)
    return render(request, f"people/imports/{PAGES[act]}.html", context_of(imported))


PAGES: Final = {"appliquer": "apply", "defaire": "revert", "abandonner": "abandon"}


def carry_out(request: HttpRequest, imported: Import, act: str) -> HttpResponse:
    try:
        if act in ASKS:
            return see_other("foundation:work", ASKS[act](imported, by=request.user).pk)
        imported.abandon(by=request.user)
        messages.success(request, _("The import is abandoned: its files are destroyed, the base was never touched."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(imported)


def context_of(imported: Import) -> dict[str, Any]:
    written = Record.objects.filter(delivery__imported=imported)
    return {
        "imported": imported,
        "report": Report(imported),
        "records": written.count(),
        "persons": written.values("person").distinct().count(),
    }
