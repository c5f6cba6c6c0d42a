"""The link of an invitation: yes, no, never again, and whether it is abuse. Looking changes nothing."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.community.forms.reaching import YesForm
from lierre.community.models import Proposal
from lierre.community.reaching.answering import check_open, say_never, say_no, say_yes
from lierre.community.views.answering import discreet
from lierre.foundation.errors import Refused
from lierre.people.views.loading import see_other

ANSWERS: Final[dict[str, Callable[[Proposal], None]]] = {"no": say_no, "never": say_never}


@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest, token: str) -> HttpResponse:
    proposal = Proposal.objects.for_link(token)
    said = request.POST.get("answer", "")
    if said == "report":
        proposal.report(by=_("the holder of the address, by its link"))
        return see_other("community:found", token)
    form = YesForm(request.POST if said == "yes" else None)
    if said in ANSWERS:
        ANSWERS[said](proposal)
        return see_other("community:found", token)
    if said == "yes" and form.is_valid() and accepted(proposal, form):
        return see_other("community:found", token)
    if proposal.state == Proposal.State.EXPIRED or (proposal.state == "sent" and not proposal.is_open):
        check_open(proposal)
    context: dict[str, Any] = {"proposal": proposal, "form": form, "institution": settings.INSTITUTION}
    return render(request, "community/reaching/found.html", context, status=422 if form.errors else 200)


def accepted(proposal: Proposal, form: YesForm) -> bool:
    try:
        say_yes(proposal, **form.cleaned_data)
    except Refused as refusal:
        proposal.refresh_from_db()
        form.add_error(None, str(refusal))
        return False
    return True
