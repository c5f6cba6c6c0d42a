"""How lines are matched: the thresholds, what a change would alter, what was learnt of the base."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.forms.deciding import ReasonForm
from lierre.people.forms.matching import ThresholdsForm
from lierre.people.models import MatchingRule
from lierre.people.permissions import DECIDE_MATCHING
from lierre.people.readings.matching import Learnt, by_sureness, preview
from lierre.people.views.loading import see_other


@require_safe
@needs(DECIDE_MATCHING)
def matching(request: HttpRequest) -> HttpResponse:
    rule = MatchingRule.in_force()
    context = {
        "rule": rule,
        "split": preview(rule.ask_from, rule.link_from).now,
        "chart": by_sureness(),
        "learnt": Learnt(),
        "versions": MatchingRule.objects.all()[:50],
    }
    return render(request, "people/matching/page.html", context)


@require_http_methods(["GET", "POST"])
@needs(DECIDE_MATCHING)
def change_thresholds(request: HttpRequest) -> HttpResponse:
    """Try thresholds on the scores that are kept, say why, put them in force."""
    rule = MatchingRule.in_force()
    usual = {"ask": f"{100 * rule.ask_from:g}", "link": f"{100 * rule.link_from:g}"}
    form = ThresholdsForm(request.GET or usual)
    reason = ReasonForm(request.POST or None)
    tried = form.thresholds if form.is_valid() else None
    if request.method == "POST" and tried and reason.is_valid():
        try:
            MatchingRule.adopt(tried[1], tried[0], by=request.user, reason=reason.why)
            messages.success(request, _("The new thresholds are in force: the next rehearsals follow them."))
            return see_other("people:matching")
        except Refused as refusal:
            reason.add_error(None, str(refusal))
    is_other = tried is not None and tried != (rule.ask_from, rule.link_from)
    context = {
        "rule": rule, "form": form, "reason": reason, "is_other": is_other, "query": request.GET.urlencode(),
        "preview": preview(*tried) if tried else None,
    }  # fmt: skip
    return render(request, "people/matching/thresholds.html", context, status=422 if reason.errors else 200)
