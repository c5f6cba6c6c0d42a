"""My account: how I am called, how I sign in, from where, and what my roles let me do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.accounts import rights
from lierre.accounts.forms.joining import PreferencesForm
from lierre.accounts.models import Acting, User
from lierre.accounts.views.answers import acted, done

A_YEAR = 365 * 24 * 3600
SHOWN = 20


@require_http_methods(["GET", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    known = {
        "name": user.name,
        "language": translation.get_language(),
        "theme": user.theme,
        "time_zone": user.time_zone,
    }
    form = PreferencesForm(request.POST or None, initial=known)
    if acted(request, form, lambda: user.call(**form.cleaned_data)):
        return keep(request, form.cleaned_data["language"], form.cleaned_data["theme"])
    context = {
        "form": form,
        "keys": user.authenticator_set.filter(type="webauthn").count(),
        "totp": user.authenticator_set.filter(type="totp").exists(),
        "codes": user.authenticator_set.filter(type="recovery_codes").exists(),
        "sessions": user.usersession_set.count(),
        "now": timezone.now(),
        "abilities": rights.abilities_of(user),
        "actings": Acting.objects.for_place_of(user)[:SHOWN],
    }
    return render(request, "accounts/my_account/page.html", context, status=422 if form.errors else 200)


def keep(request: HttpRequest, language: str, theme: str) -> HttpResponse:
    """In the account, and in the cookies that are read before anybody signs in."""
    with translation.override(language):
        answer = done(request, _("Your account is kept."), "accounts:my_account")
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), ("theme", theme)):
        answer.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer
