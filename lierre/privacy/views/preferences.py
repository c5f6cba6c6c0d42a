"""What I want to receive: by the link of a message, or signed in. Looking changes nothing: programs follow links too."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import see_other
from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.people.views.loading import own_person_or_404
from lierre.privacy.forms.consents import PreferencesForm, field_name
from lierre.privacy.models import Consent
from lierre.privacy.preferences import answer, choices_now, person_of, stop, topics_of

LINES = 30


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Without an account: the link is the key, and opens nothing else."""
    try:
        person = person_of(token)
    except Refused as refusal:
        return render(request, "privacy/consents/refused.html", {"refusal": str(refusal)}, status=410)
    return chosen(request, person, Consent.How.LINK)


@never_cache
@require_http_methods(["GET", "POST"])
def own_preferences(request: HttpRequest) -> HttpResponse:
    return chosen(request, own_person_or_404(request), Consent.How.ACCOUNT)


def chosen(request: HttpRequest, person: Person, how: str) -> HttpResponse:
    """Show, or keep what was answered. A button that stops everything needs nothing else."""
    own = how == Consent.How.ACCOUNT
    by = request.user if own else _("the person, by a link")
    form = PreferencesForm(request.POST or None, topics=topics_of(person), choices=choices_now(person))
    if request.method == "POST":
        try:
            if said := kept(request.POST.get("act", ""), form, person, how, by):
                messages.success(request, said)
                return see_other(request.path)
        except Refused as refusal:
            messages.error(request, str(refusal))
    context = {
        "form": form, "own": own, "choices": form.choices, "history": form.choices.lines[:LINES], "groups": grouped(form),
    }  # fmt: skip
    return render(request, "privacy/consents/preferences.html", context, status=422 if form.errors else 200)


def kept(act: str, form: PreferencesForm, person: Person, how: str, by: Any) -> str:
    """What was done, as a sentence; empty when something is to be corrected."""
    if act:
        return stop(act, person, how=how, by=by)
    if not form.is_valid():
        return ""
    answer(form, person, how=how, by=by)
    return _("Your choices are kept. They hold from now on.")


def grouped(form: PreferencesForm) -> list[tuple[Any, list[Any]]]:
    """The topics of each controller, with their fields."""
    found: dict[Any, list[Any]] = {}
    for topic in form.topics:
        found.setdefault(topic.controller, []).append(form[field_name(topic)])
    return list(found.items())
