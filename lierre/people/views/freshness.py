"""How fresh the base is: figures, their course, the parts that need most to be heard of again."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.work import Work
from lierre.people.freshness.reading import Freshness, header, rows
from lierre.people.permissions import SEE_EVERYTHING, SEE_FRESHNESS
from lierre.people.views.loading import see_other

COUNT: Final = "people.count_freshness"


@require_safe
@needs(SEE_FRESHNESS)
def freshness(request: HttpRequest) -> HttpResponse:
    context = {"freshness": Freshness(timezone.localdate()), "may_see_list": may(request.user, SEE_EVERYTHING)}
    return render(request, "people/freshness/page.html", context)


@require_POST
@needs(SEE_FRESHNESS)
def count(request: HttpRequest) -> HttpResponse:
    """Without waiting for the night. Who asks twice follows the count that is under way."""
    waiting = Work.objects.unfinished().filter(name=COUNT).first()
    work = waiting or Work.ask(COUNT, by=request.user)
    messages.success(request, _("It is being counted. On a large base this takes a minute."))
    return see_other("foundation:work", work.pk) if work.by_id == request.user.pk else see_other("people:freshness")


@require_safe
@needs(SEE_FRESHNESS)
def export(_request: HttpRequest, form: str) -> HttpResponseBase:
    """Numbers of persons only."""
    answer = csv_response if form == "csv" else xlsx_response
    return answer("fraicheur", header(), rows())
