"""Invitations: who was asked to come, whether the message left, whether they came."""

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.forms.roles import InvitationForm
from lierre.accounts.models import Invitation, User
from lierre.accounts.permissions import INVITE, giving, invitations_visible_to, may_give
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.foundation.paging import newest_first

STATES: Final = {
    "pending": pgettext_lazy("invitations", "waiting"),
    "expired": pgettext_lazy("invitations", "expired"),
    "accepted": pgettext_lazy("invitations", "accepted"),
    "withdrawn": pgettext_lazy("invitations", "withdrawn"),
}


def in_state(state: str, found: "QuerySet[Invitation]") -> "QuerySet[Invitation]":
    return getattr(found, state)() if state in STATES else found


@require_safe
@needs(INVITE)
def invitations(request: HttpRequest) -> HttpResponse:
    by = request.user
    assert isinstance(by, User)
    state = request.GET.get("state", "")
    seen = invitations_visible_to(by)
    page = newest_first(in_state(state, seen).select_related("unit", "invited_by"), request.GET.get("before"))
    context = {
        "page": page,
        "states": [(name, label, in_state(name, seen).count()) for name, label in STATES.items()],
        "state": state if state in STATES else "",
        "asked": f"state={state}" if state in STATES else "",
    }
    return render(request, "accounts/invitations/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(INVITE)
def invite(request: HttpRequest) -> HttpResponse:
    by = request.user
    assert isinstance(by, User)
    form = InvitationForm(request.POST or None, by=by)

    def act() -> None:
        try:
            with transaction.atomic():
                Invitation.invite(**form.said, by=by)
        except IntegrityError:
            told = _("This person is already invited to this role: send the invitation again from the list.")
            raise Refused(told) from None

    if acted(request, form, act):
        said = _("The invitation leaves for %(email)s within a minute.") % {"email": form.cleaned_data["email"]}
        return done(request, said, "accounts:invitations")
    return render(request, "accounts/invitations/invite.html", {"form": form}, status=422 if form.errors else 200)


def invitation_to_change(request: HttpRequest, invitation_id: int) -> tuple[Invitation, User]:
    by = request.user
    assert isinstance(by, User)
    found = get_object_or_404(invitations_visible_to(by).select_related("unit"), pk=invitation_id)
    if not may_give(by, found.kind, found.unit):
        raise NotAllowed(giving(found.kind))
    return found, by


@require_POST
@needs(INVITE)
def send_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation, by = invitation_to_change(request, invitation_id)
    try:
        invitation.send_again(by=by)
    except Refused as refusal:
        return refused(request, refusal, "accounts:invitations")
    said = _("A new link leaves for %(email)s within a minute. The former one no longer opens anything.")
    return done(request, said % {"email": invitation.email}, "accounts:invitations")


@require_POST
@needs(INVITE)
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation, by = invitation_to_change(request, invitation_id)
    try:
        invitation.withdraw(by=by)
    except Refused as refusal:
        return refused(request, refusal, "accounts:invitations")
    said = _("The invitation of %(email)s is withdrawn: its link no longer opens anything.")
    return done(request, said % {"email": invitation.email}, "accounts:invitations")
