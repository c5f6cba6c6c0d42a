"""Lost classmates: whom one may help to find, what one proposes; and the reports of abuse, for the office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.views.answers import done, refused
from lierre.community.forms.reaching import ProposalForm
from lierre.community.models import Barring, Proposal
from lierre.community.permissions import HANDLE_REPORTS, PROPOSE_WAYS
from lierre.community.reaching.looking import Lost
from lierre.community.reaching.proposing import propose
from lierre.community.roster import Asked
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.views.loading import person_or_404


@require_safe
@needs(PROPOSE_WAYS)
def lost(request: HttpRequest) -> HttpResponse:
    found = Lost.of(request.user, Asked.read(request.GET))
    if found is None:
        return render(request, "people/person/nobody.html")
    person = found.chosen(request.GET.get("de", "")[:12])
    form = ProposalForm(initial={"person": person.public_id}) if person else None
    return render(request, "community/reaching/lost.html", {"lost": found, "asked": person, "form": form})


@require_POST
@needs(PROPOSE_WAYS)
def propose_way(request: HttpRequest) -> HttpResponse:
    """The same answer whatever becomes of it."""
    found, form = Lost.of(request.user), ProposalForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        asked = found.chosen(request.POST.get("person", "")[:12])
        context = {"lost": found, "asked": asked, "form": form if asked else None}
        return render(request, "community/reaching/lost.html", context, status=422)
    person = person_or_404(form.cleaned_data["person"])
    if not found.shows(person):
        raise Http404
    try:
        propose(person, form.cleaned_data["email"], proposer=found.person, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:lost")
    return done(
        request, _("Thank you. If it can be, one message leaves; what they answer is theirs."), "community:lost"
    )


@require_safe
@needs(HANDLE_REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    found = Proposal.objects.reported().select_related("proposer").order_by("reported_at")
    barred = Barring.objects.select_related("person").order_by("-at")
    return render(request, "community/reaching/reports.html", {"reports": found[:60], "barred": barred[:60]})


@require_POST
@needs(HANDLE_REPORTS)
def handle_report(request: HttpRequest, proposal_id: int, act: str) -> HttpResponse:
    """Close it, or keep whoever proposed from proposing more."""
    report = get_object_or_404(Proposal.objects.select_related("proposer"), pk=proposal_id)
    if act not in {"classer", "ecarter"}:
        raise Http404
    try:
        report.handle(by=request.user)
        if act == "ecarter" and report.proposer:
            Barring.objects.get_or_create(person=report.proposer, defaults={"by_name": str(request.user)[:200]})
            record("way.barred", report.proposer, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:reports")
    return done(request, _("The report is closed."), "community:reports")


@require_POST
@needs(HANDLE_REPORTS)
def lift_bar(request: HttpRequest, public_id: str) -> HttpResponse:
    person = person_or_404(public_id)
    if Barring.objects.filter(person=person).delete()[0]:
        record("way.unbarred", person, by=request.user)
    return done(request, _("They may propose again."), "community:reports")
