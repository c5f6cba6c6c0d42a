"""Using one's rights: anybody may ask, with or without an account, and follow the answer by a link."""

import hashlib
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import done, see_other
from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.privacy.forms.requests import AskForm, LinkForm, OwnAskForm
from lierre.privacy.models import Request
from lierre.privacy.preferences import ask_link

AN_HOUR: Final = 3_600
MOST_AN_HOUR: Final = 5


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Whether we know the person is never answered here: the same page follows, whoever asks."""
    own = Person.objects.filter(account=request.user.pk).first() if request.user.is_authenticated else None
    form = OwnAskForm(request.POST or None) if own else AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other("privacy:follow", received(request, form, own).token)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "own": own, "institution": settings.INSTITUTION}
    return render(request, "privacy/requests/ask.html", context, status=422 if form.errors else 200)


def received(request: HttpRequest, form: AskForm | OwnAskForm, own: Person | None) -> Request:
    said = form.cleaned_data
    if said.get("website"):
        raise Refused(_("This form was filled in by a program. If you are a person, write to us."))
    slow_down(request)
    if own:
        assert request.user.is_authenticated
        return Request.receive(
            said["right"], name=str(own), email=request.user.email, message=said["message"], person=own, by=request.user
        )  # fmt: skip
    return Request.receive(
        said["right"], name=said["name"], email=said["email"], message=said["message"], clue=said["clue"],
        by=_("somebody, by the public form"),
    )  # fmt: skip


def slow_down(request: HttpRequest) -> None:
    """A few requests an hour from the same place. The address is not kept: only a mark of it, for that hour."""
    mark = hashlib.blake2b(str(request.META.get("REMOTE_ADDR", "")).encode(), digest_size=8).hexdigest()
    key = f"privacy:asked:{mark}"
    cache.add(key, 0, AN_HOUR)
    try:
        count = cache.incr(key)
    except ValueError:
        count = 1
    if count > MOST_AN_HOUR:
        raise Refused(_("Many requests came from your network this hour. Try again later, or write to us."))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask_preferences(request: HttpRequest) -> HttpResponse:
    """Have the link to one's preferences sent again. The same answer follows, whether the address is known or not."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slow_down(request)
            ask_link(form.cleaned_data["email"])
            said = _("If we hold this address, a message leaves for it within a minute.")
            return done(request, said, "privacy:ask_preferences")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "privacy/consents/ask.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where the request stands. What is held of the person is not shown: the link may have been forwarded."""
    try:
        asked = Request.objects.followed_by(token)
    except Refused as refusal:
        return render(request, "privacy/consents/refused.html", {"refusal": str(refusal)}, status=410)
    return render(request, "privacy/requests/follow.html", {"asked": asked})
