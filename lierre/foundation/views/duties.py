"""What the house does by itself: when each duty was last done, how it went, and who works."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.models import Duty, Work, Worker
from lierre.foundation.models.duty import charges
from lierre.foundation.models.worker import silence
from lierre.foundation.permissions import SEE_DUTIES


@require_safe
@needs(SEE_DUTIES)
def duties(request: HttpRequest) -> HttpResponse:
    known = Duty.objects.filter(name__in=charges()).order_by("due_at")
    context = {
        "duties": known,
        "failing": sum(duty.failures > 0 for duty in known),
        "workers": Worker.objects.all()[:20],
        "waiting": Work.objects.unfinished().count(),
        "silence": silence(),
    }
    return render(request, "foundation/duties.html", context)


@require_POST
@needs(SEE_DUTIES)
def hasten(request: HttpRequest, name: str) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.filter(name__in=charges()), pk=name)
    duty.hasten(by=request.user)
    messages.success(request, _("A worker will do it in a moment."))
    response = redirect("foundation:duties")
    response.status_code = 303
    return response
