"""The desk of claims: what somebody says, beside what each record that may be theirs says."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.views.answers import done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.foundation.naming import with_names
from lierre.foundation.paging import newest_first
from lierre.people.claiming.evidence import Candidate, candidates
from lierre.people.directory import looks
from lierre.people.forms.claims import JudgeForm
from lierre.people.models import Claim
from lierre.people.permissions import JUDGE_CLAIMS
from lierre.people.views.loading import person_or_404


@require_safe
@needs(JUDGE_CLAIMS)
def claims(request: HttpRequest) -> HttpResponse:
    settled = request.GET.get("etat") == "regles"
    found = Claim.objects.over() if settled else Claim.objects.filter(state__in=["pending", "accepted", "sent"])
    context = {
        "page": newest_first(found.select_related("person"), request.GET.get("before")), "settled": settled,
        "waiting": Claim.objects.to_judge().count(),
    }  # fmt: skip
    return render(request, "people/claims/list.html", context)


@require_safe
@needs(JUDGE_CLAIMS)
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    found = get_object_or_404(Claim.objects.select_related("person"), pk=claim_id)
    shown = candidates(found) if found.state == Claim.State.PENDING else []
    looks.saw_persons([candidate.person for candidate in shown], by=request.user)
    journal = with_names(list(Entry.objects.about(found)[:20]))
    answered = any(line.verb == "claim.answered" for line in journal)
    vouches = found.vouches.select_related("account") if answered else []
    context = {"claim": found, "candidates": shown, "vouches": vouches, "journal": journal}
    return render(request, "people/claims/page.html", context)


@require_POST
@needs(JUDGE_CLAIMS)
def judge_claim(request: HttpRequest, claim_id: int, act: str) -> HttpResponse:
    """Accept what the evidence proves, vouch for somebody one knows, or refuse."""
    found = get_object_or_404(Claim.objects, pk=claim_id)
    form = JudgeForm(request.POST)
    if act not in {"accepter", "refuser"}:
        raise Http404
    try:
        told = judged(request, found, act, form.cleaned_data if form.is_valid() else {})
    except Refused as refusal:
        return refused(request, refusal, "people:claim", found.pk)
    return done(request, told, "people:claims")


def judged(request: HttpRequest, claim: Claim, act: str, said: dict[str, Any]) -> str:
    reason = said.get("reason", "")
    if act == "refuser":
        claim.refuse(by=request.user, reason=reason)
        return _("It is refused. Nothing was sent: whoever asked learns nothing.")
    person = person_or_404(said.get("person", ""))
    proven = Candidate(claim, person).is_proven
    claim.accept(
        person, by=request.user, reason=reason or (_("The evidence agrees.") if proven else ""), vouched=not proven
    )
    return _("It is accepted: the link leaves within a minute.")
