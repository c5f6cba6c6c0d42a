"""What people answered on the networks: the list of what waits, one of them, and what was done with it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.models import Unit
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response
from lierre.foundation.models.journal import record
from lierre.foundation.paging import newest_first
from lierre.publishing.forms.answers import GiveForm, WhyForm
from lierre.publishing.hearing import listing
from lierre.publishing.models import Heard
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def answers(request: HttpRequest) -> HttpResponseBase:
    """What waits first. A POST takes the list away, with a reason that the journal keeps."""
    rows = listing.asked_of(listing.seen_by(request.user), request.GET, request.user)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record("heard.exported", None, by=request.user, why=form.cleaned_data["why"])
        return csv_response(_("answers"), listing.header(), listing.rows_of(rows))
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "page": newest_first(rows, request.GET.get("before")), "asked": asked.urlencode(), "form": form,
        "filtered": any(request.GET.get(name) for name in listing.FILTERS), "state": request.GET.get("etat", ""),
        "accounts": listing.accounts_heard(request.user), "units": Unit.objects.open(),
    }  # fmt: skip
    return render(request, "publishing/answers.html", context, status=422 if form.errors else 200)


def seen(request: HttpRequest, answer_id: int, *, to_settle: bool = False) -> tuple[Heard, bool]:
    found = listing.seen_by(request.user).filter(pk=answer_id).first()
    if found is None:
        raise Http404
    may = listing.may_settle(request.user, found)
    if to_settle and not may:
        raise NotAllowed(WRITE_POSTS)
    return found, may


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    found, may = seen(request, answer_id, to_settle=request.method == "POST")
    form = GiveForm(request.POST or None, initial={"to": found.assigned_to_id})
    if acted(request, form, lambda: listing.give(found, form.cleaned_data["to"], by=request.user)):
        return done(request, _("It is written down who sees to it."), "publishing:answer", found.pk)
    context = {"answer": found, "form": form, "may_settle": may}
    return render(request, "publishing/answer.html", context, status=422 if form.errors else 200)


@require_POST
@needs(SEE_POSTS)
def act(request: HttpRequest, answer_id: int, name: str) -> HttpResponse:
    found, _may = seen(request, answer_id, to_settle=True)
    acts: dict[str, tuple[Any, str]] = {
        "traitee": (lambda: found.settle("handled", by=request.user), _("It is handled.")),
        "rien": (lambda: found.settle("nothing", by=request.user), _("There is nothing to do.")),
        "rouvrir": (lambda: found.reopen(by=request.user), _("It waits again.")),
    }
    if name not in acts:
        raise Http404
    do, sentence = acts[name]
    try:
        do()
    except Refused as refusal:
        return refused(request, refusal, "publishing:answer", found.pk)
    back = "publishing:answers" if name != "rouvrir" else found.get_absolute_url()
    return done(request, sentence, back)
