"""Class delegates: the office names them; they say who was of their class, and learn nothing."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.claiming.vouching import asked_of, vouch
from lierre.people.forms.delegates import DelegateForm, VouchForm
from lierre.people.models import Delegate, Vouch
from lierre.people.permissions import JUDGE_CLAIMS


@require_http_methods(["GET", "POST"])
@needs(JUDGE_CLAIMS)
def delegates(request: HttpRequest) -> HttpResponse:
    form = DelegateForm(request.POST or None)
    if acted(request, form, lambda: appointed(request, form)):
        return done(
            request, _("They are delegate from now on: what waits for them is in their record."), "people:delegates"
        )
    found = Delegate.objects.select_related("account")
    context = {"form": form, "in_charge": found.in_charge(), "former": found.exclude(until=None)[:30]}
    return render(request, "people/delegates/list.html", context, status=422 if form.errors else 200)


def appointed(request: HttpRequest, form: DelegateForm) -> Delegate:
    asked = form.cleaned_data
    return Delegate.appoint(form.account, asked["year"], asked["degree"], by=request.user)


@require_POST
@needs(JUDGE_CLAIMS)
def end_delegate(request: HttpRequest, delegate_id: int) -> HttpResponse:
    try:
        get_object_or_404(Delegate, pk=delegate_id).end(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "people:delegates")
    return done(request, _("Their charge is over: nothing is shown to them any more."), "people:delegates")


@require_safe
@never_cache
def my_class(request: HttpRequest) -> HttpResponse:
    """For delegates: who says that they were of the class. Name, class, degree, and nothing else."""
    charges = list(Delegate.objects.held_by(request.user))
    if not charges:
        raise PermissionDenied
    context = {"charges": charges, "claims": asked_of(request.user), "answers": Vouch.Answer.choices}
    return render(request, "people/delegates/my_class.html", context)


@require_POST
def answer_for(request: HttpRequest, claim_id: int) -> HttpResponse:
    if not Delegate.objects.held_by(request.user).exists():
        raise PermissionDenied
    claim = next((each for each in asked_of(request.user) if each.pk == claim_id), None)
    form = VouchForm(request.POST)
    if claim is None or not form.is_valid():
        raise Http404
    try:
        vouch(claim, form.cleaned_data["answer"], by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "people:my_class")
    return done(
        request,
        _("It is noted. The alumni office does the rest, and tells nobody what you answered."),
        "people:my_class",
    )
