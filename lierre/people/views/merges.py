"""Merges that are undone, and persons made of two who are split."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.duplicates.splitting import proposal, split
from lierre.people.forms.deciding import ReasonForm
from lierre.people.merging import Undecided, undecided, unmerge
from lierre.people.models import Merge
from lierre.people.permissions import EDIT_PERSONS
from lierre.people.readings.line import things_said
from lierre.people.readings.witness import Witness
from lierre.people.views.loading import see_other, sheet_or_404


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def unmerge_page(request: HttpRequest, merge_id: int) -> HttpResponse:
    """What came since the merge and bears nobody's number is asked about, record by record."""
    done = get_object_or_404(Merge.objects.select_related("gone", "kept"), pk=merge_id)
    asked = [] if done.undone_at else undecided(done)
    if request.method == "POST":
        answers = {record.pk: request.POST.get(f"record-{record.pk}") for record in asked}
        theirs = {number: answer == "gone" for number, answer in answers.items() if answer}
        return undo_merge(request, done, theirs)
    told = [(record, Witness.of(record), list(things_said(record.said))) for record in asked]
    return render(request, "people/duplicates/unmerge.html", {"merge": done, "asked": told})


def undo_merge(request: HttpRequest, done: Merge, theirs: dict[int, bool] | None = None) -> HttpResponse:
    """Undo it at once when nothing has to be asked; otherwise ask."""
    try:
        undone = unmerge(done, by=request.user, theirs=theirs)
        messages.success(request, _("They are two persons again: %(person)s is back.") % {"person": undone.gone})
        return see_other(undone.gone)
    except Undecided as refusal:
        messages.warning(request, str(refusal))
        return see_other("people:unmerge", done.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(done.kept)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def split_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One page that speaks of two: tick what speaks of the other one."""
    sheet = sheet_or_404(request, public_id)
    form = ReasonForm(request.POST or None)
    proposed = proposal(sheet.records)
    ticked = {int(each) for each in request.POST.getlist("record") if each.isdecimal()} or set(proposed)
    if request.method == "POST" and form.is_valid():
        try:
            other = split(sheet.person, ticked, by=request.user, reason=form.why)
            messages.success(request, _("There are two persons now. Each record can be brought back."))
            return see_other(other)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"sheet": sheet, "person": sheet.person, "form": form, "ticked": ticked, "proposed": proposed}
    return render(request, "people/duplicates/split.html", context, status=422 if form.errors else 200)
