"""My data at LinkedIn, by my right of portability: with a token of mine, or by consenting over there. No token is kept."""

from typing import Final

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import refused
from lierre.connectors.linkedin import (
    API,
    Application,
    Door,
    Expired,
    LinkedInRefusal,
    NotAllowed,
    Snapshot,
    Throttled,
    snapshot,
)
from lierre.foundation.errors import Refused
from lierre.foundation.forms.dressed import HouseForm
from lierre.people.bringing import told_by_linkedin
from lierre.people.views.own_archive import compared
from lierre.people.views.own_record import own_voice

SALT: Final = "lierre.people.linkedin"
TEN_MINUTES: Final = 600
LONGEST: Final = 1_000


class TokenForm(HouseForm):
    token = forms.CharField(
        label=gettext_lazy("The token that LinkedIn gave you"), max_length=LONGEST,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=gettext_lazy("It is used once, now, and kept nowhere."),
    )  # fmt: skip


@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "POST"])
def own_linkedin(request: HttpRequest) -> HttpResponse:
    """With a token that I made for myself in LinkedIn’s portal."""
    voice = own_voice(request)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return compared(request, voice, told_by_linkedin(asked(form.cleaned_data["token"])))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"voice": voice, "form": form, "application": application() is not None}
    return render(request, "people/own/linkedin.html", context, status=422 if form.errors else 200)


@require_safe
def consent(request: HttpRequest) -> HttpResponse:
    """To LinkedIn, where I say yes or no. The seal that comes back says that it was I who left."""
    ours = application()
    if ours is None:
        raise Http404
    own_voice(request)
    return redirect(ours.where_to_consent(back(), signing.dumps(request.user.pk, salt=SALT)))


@never_cache
@require_safe
@sensitive_variables("token")
def come_back(request: HttpRequest) -> HttpResponse:
    """From LinkedIn, with a code that opens once."""
    ours, voice = application(), own_voice(request)
    if ours is None:
        raise Http404
    try:
        if not sealed_for(request) or "code" not in request.GET:
            raise Refused(_("LinkedIn gave nothing: you said no there, or took too long. Nothing has changed."))
        token = ours.token(request.GET["code"][:LONGEST], back())
        return compared(request, voice, told_by_linkedin(asked(token.value)))
    except LinkedInRefusal as refusal:
        return refused(request, Refused(in_words(refusal)), "people:own_linkedin")
    except Refused as refusal:
        return refused(request, refusal, "people:own_linkedin")


def sealed_for(request: HttpRequest) -> bool:
    try:
        left = signing.loads(request.GET.get("state", ""), salt=SALT, max_age=TEN_MINUTES)
    except signing.BadSignature:
        return False
    return bool(left == request.user.pk)


def application() -> Application | None:
    if not settings.LINKEDIN_CLIENT_ID:
        return None
    elsewhere = {"address": settings.LINKEDIN_ADDRESS} if settings.LINKEDIN_ADDRESS else {}
    return Application(settings.LINKEDIN_CLIENT_ID, settings.LINKEDIN_CLIENT_SECRET, **elsewhere)


def back() -> str:
    return str(settings.ADDRESS) + reverse("people:own_linkedin_back")


@sensitive_variables("token")
def asked(token: str) -> Snapshot:
    """What LinkedIn answers, or why it does not, as a sentence."""
    try:
        return snapshot(Door(token.strip(), settings.LINKEDIN_ADDRESS or API))
    except LinkedInRefusal as refusal:
        raise Refused(in_words(refusal)) from None


def in_words(refusal: LinkedInRefusal) -> str:
    match refusal:
        case Expired():
            return _("LinkedIn does not know this token, or it lived its sixty days: make another one.")
        case NotAllowed():
            return _("This token opens something else: it must be one of “Member Data Portability”.")
        case Throttled():
            return _("LinkedIn asks to wait: it answers no more before tomorrow. Nothing has changed.")
    return _("LinkedIn does not answer just now. Nothing has changed: try again later, or bring the archive.")
