"""What is done with a request, act by act: each announced, confirmed, journaled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import Ability, NotAllowed, may, needs
from lierre.foundation.forms.dressed import ReasonForm
from lierre.people.finding import persons_meant
from lierre.people.permissions import ERASE_PERSONS
from lierre.privacy.answering import answer
from lierre.privacy.erasing import fulfil
from lierre.privacy.forms.requests import AnswerForm, EraseForm, GiveForm, IdentifyForm
from lierre.privacy.models import Request
from lierre.privacy.permissions import HANDLE_REQUESTS, LEAD_REQUESTS
from lierre.privacy.views.requests import request_or_404
from lierre.privacy.views.writing import above, form_page


@dataclass(frozen=True, slots=True)
class Act:
    """`needs`: the ability that this one asks for, beside that of handling requests."""

    title: Promise
    promise: Promise
    button: Promise
    said: Promise
    form: type[forms.Form]
    do: Callable[[Request, Any, Any], object]
    needs: Ability = HANDLE_REQUESTS
    is_danger: bool = False


ACTS: Final = {
    "confier": Act(
        _("Give this request to somebody"), _("They see it, and answer for it. You see it too."), _("Give it"),
        _("It is given."), GiveForm,
        lambda asked, form, by: asked.give_to(form.cleaned_data["handler"], by=by), LEAD_REQUESTS,
    ),
    "prolonger": Act(
        _("Answer within three months"),
        _("Two months more, once, for a complex request. Tell the person why within the first month."),
        _("Move the deadline"), _("The deadline is moved. The page of the request says why."), ReasonForm,
        lambda asked, form, by: asked.extend(by=by, reason=form.why),
    ),
    "repondre": Act(
        _("Answer this request"),
        _("The request is settled. An objection or a restriction holds at once, everywhere in the house."),
        _("It is answered"), _("The request is settled."), AnswerForm,
        lambda asked, form, by: answer(asked, form.cleaned_data["answer"], by=by),
    ),
    "refuser": Act(
        _("Refuse this request"),
        _("Say why, and that they may turn to the authority (CNIL). Who asked reads it by their link."),
        _("Refuse it"), _("The request is refused, with its reason."), AnswerForm,
        lambda asked, form, by: asked.settle(by=by, answer=form.cleaned_data["answer"], refused=True), LEAD_REQUESTS, True,
    ),
    "effacer": Act(
        _("Erase this person everywhere"),
        _("Rows, words to search, files that were brought, consents, messages: nothing names them any more. The proof that"
          " a degree was awarded stays with the registrar, not here. It cannot be undone."),
        _("Erase for ever"), _("This person is erased everywhere. The journal says that it was done, not of whom."),
        EraseForm, lambda asked, form, by: fulfil(asked, by=by, answer=form.cleaned_data["answer"]), ERASE_PERSONS, True,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(HANDLE_REQUESTS)
def act(request: HttpRequest, request_id: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    asked, chosen = request_or_404(request, request_id), ACTS[name]
    if not may(request.user, chosen.needs):
        raise NotAllowed(chosen.needs)
    form = chosen.form(request.POST or None)
    if acted(request, form, lambda: chosen.do(asked, form, request.user)):
        return done(request, str(chosen.said), "privacy:request", request_id)
    return form_page(
        request, form, title=chosen.title, button=chosen.button, dek=chosen.promise, back=asked, danger=chosen.is_danger,
        steps=((_("Requests of rights"), reverse("privacy:requests")), (str(asked), asked.get_absolute_url())),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(HANDLE_REQUESTS)
def identify(request: HttpRequest, request_id: int) -> HttpResponse:
    """Look for whom it is, see what they are known by, say how it was checked."""
    asked = request_or_404(request, request_id)
    form = IdentifyForm(request.POST or None)

    def said_who() -> None:
        asked.identify(form.cleaned_data["person"], form.cleaned_data["proof"], by=request.user)

    if acted(request, form, said_who):
        return done(request, str(_("We know who asks. The request may be answered.")), "privacy:request", request_id)
    by = request.user
    words = request.GET.get("q") or asked.name
    context = {
        "asked": asked, "form": form, "words": words, "found": persons_meant(words, by=by),
        "above": above((_("Requests of rights"), reverse("privacy:requests")), (str(asked), asked.get_absolute_url())),
        "title": _("Who asks?"),
    }  # fmt: skip
    return render(request, "privacy/requests/identify.html", context, status=422 if form.errors else 200)
