"""Long works: the list of those I asked for, and the page of one, which shows how far it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.foundation.abilities import may
from lierre.foundation.errors import Refused
from lierre.foundation.models.worker import silence
from lierre.foundation.paging import newest_first
from lierre.foundation.permissions import SEE_ALL_WORKS, works_visible_to


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    page = newest_first(works_visible_to(request.user), request.GET.get("before"))
    context = {"page": page, "sees_all": may(request.user, SEE_ALL_WORKS), "silence": silence()}
    context["moves"] = any(work.is_unfinished for work in page.rows)
    return render(request, "foundation/works.html", context)


@require_safe
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    """The page, or the part of it that changes when the page itself asks every two seconds."""
    work = get_object_or_404(works_visible_to(request.user), pk=work_id)
    part = "#progress" if request.headers.get("HX-Request") else ""
    context = {"work": work, "silence": silence() if work.is_unfinished else None}
    response = render(request, f"foundation/work.html{part}", context)
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_POST
def cancel(request: HttpRequest, work_id: int) -> HttpResponse:
    work = get_object_or_404(works_visible_to(request.user), pk=work_id)
    try:
        work.cancel(by=request.user)
        messages.success(request, _("The work stops at its next step. What it had already done stays."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    response = redirect("foundation:work", work.pk)
    response.status_code = 303
    return response
