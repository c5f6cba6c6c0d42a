"""Personal data, as the data protection officer comes to it: what waits, then the rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lierre.foundation.abilities import may, needs
from lierre.privacy.models import Agreement, Breach, Budget, Controller, Purpose
from lierre.privacy.permissions import (
    DECIDE_PURPOSES,
    HANDLE_REQUESTS,
    KEEP_BREACHES,
    LEAD_REQUESTS,
    READ_PURPOSES,
    requests_visible_to,
)

SHOWN = 5


@require_safe
@needs(READ_PURPOSES)
def desk(request: HttpRequest) -> HttpResponse:
    handles, keeps = may(request.user, HANDLE_REQUESTS), may(request.user, KEEP_BREACHES)
    waiting = list(requests_visible_to(request.user).still_open().order_by("due_on")[: SHOWN + 1]) if handles else []
    context = {
        "handles": handles, "keeps_breaches": keeps, "leads": may(request.user, LEAD_REQUESTS),
        "decides": may(request.user, DECIDE_PURPOSES),
        "waiting": waiting[:SHOWN], "more": len(waiting) > SHOWN,
        "breaches": list(Breach.objects.to_decide()[:SHOWN]) if keeps else [],
        "purposes": Purpose.objects.in_force().count(), "asks": Budget.in_force(),
        "agreements": Agreement.objects.in_force().count(), "controllers": list(Controller.objects.all()),
    }  # fmt: skip
    return render(request, "privacy/desk.html", context)
