"""Knowing how often the machine is wrong: a draw, one pair at a time, and what the judgements say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.directory import looks
from lierre.people.models import MatchingRule, MatchingSample, SampledMatch
from lierre.people.permissions import JUDGE_MATCHING
from lierre.people.readings.sampled import SampledPair
from lierre.people.readings.sampling import Report
from lierre.people.reconciling.sampling import draw
from lierre.people.views.loading import see_other


@require_safe
@needs(JUDGE_MATCHING)
def sampling(request: HttpRequest) -> HttpResponse:
    sample = MatchingSample.objects.first()
    report = Report(sample, MatchingRule.in_force()) if sample else None
    return render(request, "people/matching/sampling.html", {"sample": sample, "report": report})


@require_POST
@needs(JUDGE_MATCHING)
def draw_sample(request: HttpRequest) -> HttpResponse:
    try:
        draw(by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other("people:sampling")
    return see_other("people:next_sampled")


@require_safe
@needs(JUDGE_MATCHING)
def next_sampled(request: HttpRequest) -> HttpResponse:
    """The following pair of the latest draw; those that can no longer be read are put aside."""
    sample = MatchingSample.objects.first()
    for pair in sample.pairs.waiting().select_related("match__person") if sample else ():
        if SampledPair(pair).can_be_judged:
            return see_other("people:sampled", pair.pk)
        pair.judge(SampledMatch.UNKNOWN, by=request.user)
    return see_other("people:sampling")


@require_http_methods(["GET", "POST"])
@needs(JUDGE_MATCHING)
def sampled(request: HttpRequest, pair_id: int) -> HttpResponse:
    pair = get_object_or_404(SampledMatch.objects.select_related("match__person", "sample"), pk=pair_id)
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        if answer in {"same", "different", SampledMatch.UNKNOWN, ""}:
            pair.judge(answer, by=request.user)
            return see_other("people:next_sampled")
        messages.error(request, _("Say whether it is the same person."))
    read = SampledPair(pair)
    looks.saw_person(read.person, by=request.user)
    before = SampledMatch.objects.filter(sample=pair.sample).exclude(answer="").order_by("-answered_at").first()
    context = {"pair": pair, "read": read, "before": before, "total": pair.sample.pairs.count()}
    return render(request, "people/matching/sampled.html", context)
