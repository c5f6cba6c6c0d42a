"""Finding one's record again, without an account: asked by anybody, the answer tells nothing."""

import hashlib
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.forms.joining import JoiningForm
from lierre.accounts.models import User
from lierre.accounts.views.answers import done, see_other
from lierre.accounts.views.joining import BACKEND, at
from lierre.foundation.errors import Refused
from lierre.people.claiming.opening import open_account, owner_of
from lierre.people.forms.claims import AddressForm, NumberForm
from lierre.people.models import Claim

AN_HOUR: Final = 3_600
MOST_AN_HOUR: Final = 6


@login_not_required
@never_cache
@sensitive_post_parameters("number-number", "number-born")
@require_http_methods(["GET", "POST"])
def claim_record(request: HttpRequest) -> HttpResponse:
    """The same page follows for everybody, and nothing is looked up before it is shown."""
    way = request.POST.get("way", "")
    address = AddressForm(request.POST if way == "address" else None)
    number = NumberForm(request.POST if way == "number" else None)
    forms: dict[str, AddressForm | NumberForm] = {"address": address, "number": number}
    form = forms.get(way)
    if form is not None and form.is_valid():
        try:
            receive(request, way, form)
            return see_other("people:claim_answered")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"address": address, "number": number, "institution": settings.INSTITUTION}
    return render(request, "people/claims/find.html", context, status=422 if form is not None and form.errors else 200)


def receive(request: HttpRequest, way: str, form: AddressForm | NumberForm) -> None:
    if form.cleaned_data.get("website"):
        raise Refused(_("This form was filled in by a program. If you are a person, write to us."))
    slow_down(request)
    Claim.receive(way, by=_("somebody, by the public form"), **form.evidence())


def slow_down(request: HttpRequest) -> None:
    """A few an hour from the same place. The address is not kept: only a mark of it, for that hour."""
    mark = hashlib.blake2b(str(request.META.get("REMOTE_ADDR", "")).encode(), digest_size=8).hexdigest()
    key = f"people:claimed:{mark}"
    cache.add(key, 0, AN_HOUR)
    try:
        count = cache.incr(key)
    except ValueError:
        count = 1
    if count > MOST_AN_HOUR:
        raise Refused(_("Many requests came from your network this hour. Try again later, or write to us."))


@login_not_required
@require_safe
def claim_answered(request: HttpRequest) -> HttpResponse:
    return render(request, "people/claims/answered.html", {"institution": settings.INSTITUTION})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def open_claim(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: programs that read mails follow links too."""
    try:
        claim = Claim.objects.for_link(token)
        person = owner_of(claim)
        form = JoiningForm(request.POST or None, email=claim.email, initial={"name": str(person)})
        if request.method == "POST" and (user := opened(request, claim, form)):
            if not request.user.is_authenticated:
                login(request, user, backend=BACKEND)
            return done(request, _("Welcome. This is what the school knows of you."), "people:own_record")
    except Refused as refusal:
        return render(request, "people/claims/refused.html", {"refusal": str(refusal)}, status=410)
    context = {
        "claim": claim, "person": person, "form": form, "account": account_at(claim.email), "has_account": person.account_id,
        "is_theirs": request.user.is_authenticated and is_at(request.user, claim.email),
    }  # fmt: skip
    return render(request, "people/claims/open.html", context, status=422 if form.errors else 200)


def opened(request: HttpRequest, claim: Claim, form: JoiningForm) -> User | None:
    """None when something is still to be filled in, or when the account that is signed in is somebody else's."""
    if request.user.is_authenticated:
        return open_account(claim, user=request.user) if is_at(request.user, claim.email) else None
    if account_at(claim.email) or not form.is_valid():
        return None
    return open_account(claim, name=form.cleaned_data["name"], password=form.cleaned_data["password"])


def account_at(email: str) -> User | None:
    found: User | None = User.objects.filter(at(email)).first()
    return found


def is_at(user: Any, email: str) -> bool:
    return bool(User.objects.filter(at(email), pk=user.pk).exists())
