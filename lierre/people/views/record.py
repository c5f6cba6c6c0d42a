"""The page of a record: the line as it came beside what was understood, and whose it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.people import linking
from lierre.people.directory import looks
from lierre.people.finding import persons_meant
from lierre.people.forms.deciding import ReasonForm
from lierre.people.models import Decision, Record
from lierre.people.permissions import EDIT_PERSONS, SEE_EVERYTHING
from lierre.people.readings.line import Understood
from lierre.people.views.loading import person_or_404, see_other
from lierre.people.views.merges import undo_merge


def record_or_404(request: HttpRequest, record_id: int) -> Record:
    """What a record says of someone who is hidden is not looked at without a trace."""
    known = Record.objects.select_related("source", "person", "delivery__imported")
    found = get_object_or_404(known, pk=record_id)
    if found.person:
        looks.saw_person(found.person, by=request.user)
    return found


@require_safe
@needs(SEE_EVERYTHING)
def record(request: HttpRequest, record_id: int) -> HttpResponse:
    found = record_or_404(request, record_id)
    context = {
        "record": found,
        "line": Understood(found),
        "decisions": found.decisions.select_related("before", "after"),
        "may_edit": may(request.user, EDIT_PERSONS),
    }
    return render(request, "people/records/page.html", context)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def separate(request: HttpRequest, record_id: int) -> HttpResponse:
    """This record speaks of somebody else, nobody knows whom yet."""
    found = record_or_404(request, record_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = linking.separate(found, by=request.user, reason=form.why)
            messages.success(request, _("The record has a person of its own. This can be undone."))
            return see_other(decision.after or "people:directory")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"record": found, "line": Understood(found), "form": form}
    return render(request, "people/records/separate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def attach(request: HttpRequest, record_id: int) -> HttpResponse:
    """This record speaks of another person: look for them, then say why."""
    found = record_or_404(request, record_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decision = linking.link(
                found, person_or_404(request.POST.get("personne", "")), by=request.user, reason=form.why
            )
            messages.success(request, _("The record speaks of this person from now on. This can be undone."))
            return see_other(decision.after or "people:directory")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    asked = request.GET.get("q", "")
    context = {
        "record": found,
        "line": Understood(found),
        "form": form,
        "asked": asked,
        "found": persons_meant(asked, found.person, by=request.user),
    }
    return render(request, "people/records/attach.html", context, status=422 if form.errors else 200)


@require_POST
@needs(EDIT_PERSONS)
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Point the record back to whom it spoke of before."""
    decision = get_object_or_404(Decision.objects.select_related("record", "merge"), pk=decision_id)
    if decision.merge:
        return undo_merge(request, decision.merge)
    try:
        if "all" in request.POST:
            count = linking.undo_with_its_fellows(decision, by=request.user)
            told = ngettext(
                "%(count)d record is back where it was.", "%(count)d records are back where they were.", count
            )
            messages.success(request, told % {"count": count})
        else:
            linking.undo(decision, by=request.user)
            messages.success(request, _("The decision is undone: the record is back where it was."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other("people:record", decision.record_id)
