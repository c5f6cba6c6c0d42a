"""What is done to a person as a whole: make one by hand, say that two are one, erase."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.directory import looks
from lierre.people.erasing import erase as erase_person
from lierre.people.finding import persons_meant
from lierre.people.forms.deciding import ErasingForm, ReasonForm
from lierre.people.forms.newcomer import NewPersonForm
from lierre.people.merging import SaidDifferent, merge
from lierre.people.newcomers import resembling, welcome
from lierre.people.permissions import EDIT_PERSONS, ERASE_PERSONS
from lierre.people.readings.traces import traces
from lierre.people.views.loading import person_or_404, see_other, sheet_or_404


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def new(request: HttpRequest) -> HttpResponse:
    """Those who look alike are shown before anything is written."""
    form, alike = NewPersonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        alike = resembling(form.facts())
        try:
            someone_else = form.cleaned_data["someone_else"]
            person = welcome(form.facts(), reason=form.why, by=request.user, someone_else=someone_else)
            messages.success(request, _("%(person)s is in the base.") % {"person": person})
            return see_other(person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "alike": alike}
    return render(request, "people/person/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def same_as(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look for the other one, see both, say why."""
    sheet = sheet_or_404(request, public_id)
    form, may_insist = ReasonForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        kept = person_or_404(request.POST.get("personne", ""))
        try:
            merge(sheet.person, kept, by=request.user, reason=form.why, despite="despite" in request.POST)
            messages.success(request, _("Every record is brought together. Each of these decisions can be undone."))
            return see_other(kept)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            may_insist = isinstance(refusal, SaidDifferent)
    asked = request.GET.get("q", "")
    context = {
        "sheet": sheet, "person": sheet.person, "form": form, "asked": asked, "may_insist": may_insist,
        "found": persons_meant(asked, sheet.person, by=request.user),
    }  # fmt: skip
    return render(request, "people/person/same_as.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(ERASE_PERSONS)
def erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say exactly what goes, have the name typed, then remove it all."""
    person = person_or_404(public_id)
    looks.saw_person(person, by=request.user)
    form = ErasingForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            on_request = form.cleaned_data["on_request"]
            erase_person(person, by=request.user, reason=form.why, on_request=on_request)
            messages.success(request, _("This person is erased. The journal says that it was done, not of whom."))
            return see_other("people:directory")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"person": person, "form": form, "traces": traces(person)}
    return render(request, "people/person/erase.html", context, status=422 if form.errors else 200)
