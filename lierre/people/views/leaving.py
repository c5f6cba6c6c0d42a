"""Taking everything away: ask for it, carry it off, and see that the house could be built again elsewhere."""

from typing import Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.models.work import Work
from lierre.people.exporting.leaving import Leaving
from lierre.people.exporting.long_works import REHEARSE
from lierre.people.forms.leaving import AskForm
from lierre.people.models import Export
from lierre.people.permissions import TAKE_EVERYTHING
from lierre.people.views.loading import see_other

PAGE: Final = "people/leaving/page.html"


@require_safe
@needs(TAKE_EVERYTHING)
def everything(request: HttpRequest) -> HttpResponse:
    return render(request, PAGE, {"leaving": Leaving(), "form": AskForm()})


@require_POST
@needs(TAKE_EVERYTHING)
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            asked = Export.objects.ask(form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return see_other("foundation:work", asked.work_id)
    return render(request, PAGE, {"leaving": Leaving(), "form": form}, status=422)


@require_safe
@needs(TAKE_EVERYTHING)
def take(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file, and a line in the journal each time."""
    asked = get_object_or_404(Export, pk=export_id)
    try:
        asked.take(by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other("people:everything")
    return FileResponse(asked.path.open("rb"), as_attachment=True, filename=asked.path.name)


@require_POST
@needs(TAKE_EVERYTHING)
def destroy(request: HttpRequest, export_id: int) -> HttpResponse:
    get_object_or_404(Export, pk=export_id).destroy(by=request.user)
    messages.success(request, _("The file is destroyed. Copies that were taken are not ours to destroy."))
    return see_other("people:everything")


@require_POST
@needs(TAKE_EVERYTHING)
def rehearse(request: HttpRequest) -> HttpResponse:
    """Without waiting for the night. Who asks twice follows the rehearsal that is under way."""
    waiting = Work.objects.unfinished().filter(name=REHEARSE).first()
    work = waiting or Work.ask(REHEARSE, by=request.user, title=_("Rehearse the exit"), on=Export())
    messages.success(request, _("The exit is being rehearsed. On a large base this takes a while."))
    return see_other("foundation:work", work.pk) if work.by_id == request.user.pk else see_other("people:everything")
