"""The link of an invitation. Looking changes nothing: programs that read mails follow links too."""

from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lierre.accounts.forms.joining import JoiningForm
from lierre.accounts.models import Invitation, User
from lierre.accounts.permissions import check_still_given
from lierre.accounts.views.answers import done
from lierre.foundation.errors import Refused

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Three readers: someone new, someone who has an account, and someone who is signed in as another."""
    try:
        invitation = Invitation.objects.for_link(token)
        invitation.check_alive()
        check_still_given(invitation)
        form = JoiningForm(request.POST or None, email=invitation.email)
        if request.method == "POST" and (user := accepted(request, invitation, form)):
            if not request.user.is_authenticated:
                login(request, user, backend=BACKEND)
            return done(request, _("Welcome. Your role is open: %(role)s.") % {"role": invitation}, "site:home")
    except Refused as refusal:
        return render(request, "accounts/invitations/refused.html", {"refusal": str(refusal)}, status=410)
    context = {"invitation": invitation, "form": form, "account": account_of(invitation), "is_theirs": False}
    if request.user.is_authenticated:
        context["is_theirs"] = is_for(invitation, request.user)
    return render(request, "accounts/invitations/join.html", context, status=422 if form.errors else 200)


def accepted(request: HttpRequest, invitation: Invitation, form: JoiningForm) -> User | None:
    """The account that now holds the role. None when something is still to be filled in, or when it is another's."""
    if request.user.is_authenticated:
        return invitation.accept(user=request.user) if is_for(invitation, request.user) else None
    if account_of(invitation) or not form.is_valid():
        return None
    return invitation.accept(name=form.cleaned_data["name"], password=form.cleaned_data["password"])


def account_of(invitation: Invitation) -> User | None:
    """The account that already answers at this address."""
    found: User | None = User.objects.filter(at(invitation.email)).first()
    return found


def is_for(invitation: Invitation, user: Any) -> bool:
    return bool(User.objects.filter(at(invitation.email), pk=user.pk).exists())


def at(email: str) -> Q:
    """Their own address, or another one that they proved to be theirs."""
    return Q(email__iexact=email) | Q(
        pk__in=User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True).values("pk")
    )
