"""The quarantine: lines that could not be taken, corrected in place, given to someone, or set aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response
from lierre.foundation.models.journal import record
from lierre.foundation.paging import newest_first
from lierre.people.directory import looks
from lierre.people.faults import ERASED_ON_REQUEST
from lierre.people.forgetting import forget_set_aside
from lierre.people.forms.quarantine import CellsForm, QuarantineFilter
from lierre.people.importing.resolving import persons_by_key
from lierre.people.models import Person, QuarantinedLine
from lierre.people.models.merge import standing_ids
from lierre.people.permissions import BRING_FILES, DECIDE_MATCHING, SEE_EVERYTHING
from lierre.people.readings.quarantine import cells_of, rows_to_take_away
from lierre.people.readings.resemblance import Resemblances
from lierre.people.views.loading import person_or_404, see_other


@require_safe
@needs(BRING_FILES)
def quarantine(request: HttpRequest) -> HttpResponse:
    form = QuarantineFilter(request.GET)
    page = newest_first(form.lines(), request.GET.get("before"))
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {"form": form, "page": page, "asked": asked.urlencode(), "filtered": any(asked.values())}
    return render(request, "people/quarantine/list.html", context)


@require_safe
@needs(BRING_FILES)
def export(request: HttpRequest) -> HttpResponseBase:
    """The lines asked for, with their reason, so that they can be corrected where they come from."""
    lines = QuarantineFilter(request.GET).lines()
    record("quarantine.exported", by=request.user, total=lines.count())
    header, rows = rows_to_take_away(lines)
    return csv_response(_("quarantine"), header, rows)


@require_http_methods(["GET", "POST"])
@needs(BRING_FILES)
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Correct the cells one by one, then take the line as if the file had said so."""
    from lierre.people.importing.replaying import replay

    found = line_or_404(line_id)
    cells = cells_of(found)
    form = CellsForm(request.POST or None, header=found.delivery.header, cells=cells, at_fault=found.column)
    if request.method == "POST" and form.is_valid():
        try:
            record = replay(found, form.cells(), by=request.user)
            messages.success(request, _("The line is taken: it speaks of %(person)s.") % {"person": record.person})
            return see_other("people:record", record.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = context_of(found, form) | {
        "cells": cells, "may_see": may(request.user, SEE_EVERYTHING),
        "may_decide_matching": may(request.user, DECIDE_MATCHING),
    }  # fmt: skip
    if context["may_see"] and context["resemblances"]:
        looks.saw_persons([each.person for each in context["resemblances"].found], by=request.user)
    return render(request, "people/quarantine/line.html", context, status=422 if form.errors else 200)


@require_POST
@needs(BRING_FILES)
def choose(request: HttpRequest, line_id: int) -> HttpResponse:
    """Someone decides of whom the line speaks; “nouvelle” is a person nobody knows."""
    from lierre.people.importing.replaying import choose as give

    found = line_or_404(line_id)
    chosen = request.POST.get("personne", "")
    person = None if chosen == "nouvelle" else person_or_404(chosen)
    try:
        record = give(found, person, by=request.user)
        messages.success(request, _("The line is taken: it speaks of %(person)s.") % {"person": record.person})
        return see_other("people:record", record.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other("people:quarantined_line", found.pk)


@require_POST
@needs(BRING_FILES)
def drop(request: HttpRequest, line_id: int) -> HttpResponse:
    from lierre.people.importing.replaying import drop as set_aside

    found = line_or_404(line_id)
    try:
        set_aside(found, by=request.user, reason=request.POST.get("reason", "")[:500])
        if found.code == ERASED_ON_REQUEST:
            forget_set_aside(found.delivery.imported)
        messages.success(request, _("The line is set aside. It stays in the list of those set aside."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other("people:quarantine")


def line_or_404(line_id: int) -> QuarantinedLine:
    known = QuarantinedLine.objects.select_related(
        "delivery__imported__source", "record__person", "superseded_by__delivery"
    )
    return get_object_or_404(known, pk=line_id)


def candidates_of(found: QuarantinedLine) -> list[int]:
    """Whoever comes in the same file was not in the base when it was rehearsed: the keys of the line lead to them since."""
    if found.candidates or found.code != QuarantinedLine.TO_DECIDE:
        return list(found.candidates)
    return sorted({person for some in persons_by_key(found.keys).values() for person in some})


def context_of(found: QuarantinedLine, form: CellsForm) -> dict[str, Any]:
    resembles = found.code in QuarantinedLine.LIKENESSES
    today = set() if resembles else set(standing_ids(candidates_of(found)).values())
    candidates = Person.objects.filter(pk__in=today) if today else []
    return {
        "line": found,
        "form": form,
        "candidates": candidates,
        "resemblances": Resemblances(found) if resembles else None,
        "waits": found.state == QuarantinedLine.State.WAITING,
        "may_settle": found.delivery.imported.state == "applied",
    }
