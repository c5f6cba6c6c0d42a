"""What answers teach the matching: measured, put in force by somebody, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.forms.deciding import ReasonForm
from lierre.people.permissions import DECIDE_MATCHING
from lierre.people.readings.teaching import Teaching
from lierre.people.reconciling.proposing import go_back
from lierre.people.views.loading import see_other


@require_http_methods(["GET", "POST"])
@needs(DECIDE_MATCHING)
def teaching(request: HttpRequest) -> HttpResponse:
    """Nothing changes until somebody says why it should."""
    found, reason = Teaching(request.GET.get("de", "")), ReasonForm(request.POST or None)
    if request.method == "POST" and reason.is_valid():
        try:
            made = found.proposal.accept(request.POST.get("mark", ""), by=request.user, reason=reason.why)
            told = _("Version %(number)d is in force: what comes next is weighed by it, and names it.")
            messages.success(request, told % {"number": made.pk})
            return see_other("people:teaching")
        except Refused as refusal:
            reason.add_error(None, str(refusal))
    context = {"teaching": found, "reason": reason}
    return render(request, "people/matching/teaching.html", context, status=422 if reason.errors else 200)


@require_POST
@needs(DECIDE_MATCHING)
def return_to_weights(request: HttpRequest) -> HttpResponse:
    """What answers had taught by an earlier version holds again."""
    reason, number = ReasonForm(request.POST), request.POST.get("version", "")
    if not reason.is_valid() or not number.isdecimal():
        messages.error(request, _("Choose a version, and say why."))
        return see_other("people:teaching")
    try:
        made = go_back(int(number), by=request.user, reason=reason.why)
        messages.success(request, _("The weights of version %(before)s hold again, as version %(number)d.") % {
            "before": number, "number": made.pk,
        })  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other("people:teaching")
