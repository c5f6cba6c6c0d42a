"""Who decides when I am away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.publishing.forms.register import AbsenceForm
from lierre.publishing.models import Absence
from lierre.publishing.permissions import SEE_POSTS
from lierre.publishing.registering import come_back, go_away


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def absences(request: HttpRequest) -> HttpResponse:
    form = AbsenceForm(request.POST or None, user=request.user)
    if acted(request, form, lambda: go_away(request.user, form.cleaned_data)):
        return done(request, _("Your approvals go to them meanwhile."), "publishing:absences")
    mine = Absence.objects.filter(who=request.user.pk, last__gte=timezone.localdate()).select_related("deputy")
    context = {"form": form, "absences": mine}
    return render(request, "publishing/absences.html", context, status=422 if form.errors else 200)


@require_POST
@needs(SEE_POSTS)
def back(request: HttpRequest, absence_id: int) -> HttpResponse:
    absence = get_object_or_404(Absence, pk=absence_id, who=request.user.pk)
    come_back(absence, by=request.user)
    return done(request, _("You decide again yourself."), "publishing:absences")
