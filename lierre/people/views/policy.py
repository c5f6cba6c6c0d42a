"""Which source is believed, value by value: the table in force, a draft, what it would alter, the versions before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.people.fold import DEFAULT_POLICY
from lierre.people.forms.deciding import ReasonForm
from lierre.people.models import PolicyVersion, Source
from lierre.people.models.policy import policy_in_force
from lierre.people.permissions import BRING_FILES, DECIDE_POLICY, SEE_EVERYTHING
from lierre.people.policy_change import adopt, preview
from lierre.people.readings.trust import RANKS, Draft, past, speakers_by_kind
from lierre.people.views.loading import see_other


@require_safe
@needs(DECIDE_POLICY)
def policy(request: HttpRequest) -> HttpResponse:
    now = policy_in_force()
    context = {
        "rows": Draft.of(now).rows(now),
        "ranks": RANKS,
        "versions": past(list(PolicyVersion.objects.all()[:50]), now),
        "kinds": speakers_by_kind(list(Source.objects.all())),
        "usual": Draft.of(DEFAULT_POLICY).query(now),
        "may_see_sources": may(request.user, BRING_FILES),
    }
    return render(request, "people/policy/page.html", context)


@require_http_methods(["GET", "POST"])
@needs(DECIDE_POLICY)
def change_policy(request: HttpRequest) -> HttpResponse:
    """Move sources up and down, look at the effect, say why, adopt."""
    now = policy_in_force()
    draft = Draft.read(request.GET, now)
    query = draft.query(now)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _version, work = adopt(draft.orders, by=request.user, reason=form.why)
            messages.success(request, _("The new order is in force. Every person is being read by it."))
            return see_other("foundation:work", work.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "rows": draft.rows(now),
        "ranks": RANKS,
        "query": query,
        "form": form,
        "preview": preview(draft.orders) if query else None,
        "may_see": may(request.user, SEE_EVERYTHING),
    }
    return render(request, "people/policy/change.html", context, status=422 if form.errors else 200)
