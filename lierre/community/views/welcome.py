"""What the posters lead to: leave a way to be reached. Nothing is looked up for whoever is not signed in."""

import hashlib
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lierre.community.forms.graduating import SignedInForm, UnknownForm
from lierre.community.graduating.leaving import confirmed, leave_signed_in, leave_unknown, person_of, topics
from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.community.views.answering import discreet
from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.people.views.loading import see_other
from lierre.privacy.choices import choices_of
from lierre.privacy.models import Purpose

AN_HOUR: Final = 3_600
MOST_AN_HOUR: Final = 600  # a whole hall shares one network


@login_not_required
@never_cache
@sensitive_post_parameters("left-number", "left-born")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    try:
        ceremony = Ceremony.objects.for_token(token)
    except Refused as refusal:
        return render(request, "community/graduating/closed.html", {"refusal": str(refusal)}, status=410)
    person = person_of(request.user) if request.user.is_authenticated else None
    form = form_for(request, person)
    if request.method == "POST" and form.is_valid():
        try:
            leave(request, ceremony, person, form)
            return see_other("community:welcome_done", token)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    elif request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        CeremonyDay.count(ceremony, "opened")
    context = {
        "ceremony": ceremony,
        "form": form,
        "person": person,
        "institution": settings.INSTITUTION,
        "stays": stays(),
    }
    return render(request, "community/graduating/welcome.html", context, status=422 if form.errors else 200)


def form_for(request: HttpRequest, person: Person | None) -> SignedInForm | UnknownForm:
    said = request.POST if request.method == "POST" else None
    if person is None:
        return UnknownForm(said, topics=topics())
    held = choices_of([person.pk])[person.pk]
    return SignedInForm(
        said, topics=topics(), agreed=[number for number, choice in held.by_purpose.items() if choice.said == "yes"]
    )


def leave(request: HttpRequest, ceremony: Ceremony, person: Person | None, form: Any) -> Capture:
    email, agreed = form.cleaned_data["email"], form.agreed()
    if person is not None:
        return leave_signed_in(ceremony, person, email, agreed, by=request.user)
    if form.cleaned_data.get("website"):
        raise Refused(_("This form was filled in by a program. If you are a person, write to us."))
    slow_down(request)
    return leave_unknown(ceremony, email, agreed, form.evidence(), by=_("somebody, at a ceremony"))


def slow_down(request: HttpRequest) -> None:
    """As many as a hall holds. The address is not kept: only a mark of it, for an hour."""
    mark = hashlib.blake2b(str(request.META.get("REMOTE_ADDR", "")).encode(), digest_size=8).hexdigest()
    cache.add(f"community:left:{mark}", 0, AN_HOUR)
    if cache.incr(f"community:left:{mark}") > MOST_AN_HOUR:
        raise Refused(_("Many requests came from your network this hour. Try again later, or write to us."))


def stays() -> list[Purpose]:
    """What the institution goes on knowing, whatever is ticked: as the register says it today."""
    return list(Purpose.objects.in_force().filter(population="graduates", key__in=["diplomes", "annuaire"]))


@login_not_required
@require_safe
def welcome_done(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "community/graduating/done.html", {"institution": settings.INSTITUTION, "token": token})


@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_capture(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: programs that read mails follow links too."""
    capture = Capture.objects.for_link(token)
    if request.method == "POST":
        confirmed(capture)
        return see_other("community:confirm_capture", token)
    return render(
        request, "community/graduating/confirm.html", {"capture": capture, "institution": settings.INSTITUTION}
    )
