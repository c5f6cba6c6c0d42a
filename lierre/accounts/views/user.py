"""One user: the roles they hold, what these let them do, their sessions, and what was done about them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts import rights
from lierre.accounts.forms.leaving import LeavingForm
from lierre.accounts.forms.roles import RoleForm
from lierre.accounts.handover import count_hanging_on
from lierre.accounts.models import Role, User
from lierre.accounts.permissions import (
    HAND_OVER,
    MANAGE_USERS,
    SEE_USERS,
    STAFF,
    giving,
    may_act_for,
    may_give,
    roles_given_by,
    users_visible_to,
)
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.models.journal import Entry
from lierre.foundation.permissions import READ_JOURNAL

ENTRIES = 15


def user_or_404(request: HttpRequest, user_id: int) -> User:
    """Among those that whoever asks may see: for a faculty, the others do not exist."""
    assert isinstance(request.user, User)
    found: User = get_object_or_404(users_visible_to(request.user).with_last_seen(), pk=user_id)
    return found


@require_safe
@needs(SEE_USERS)
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    shown = user_or_404(request, user_id)
    held = Role.objects.filter(user=shown).select_related("unit").order_by("unit__path", "kind")
    context = {
        "shown": shown,
        "roles": [(role, may_give(request.user, role.kind, role.unit)) for role in held],
        "abilities": rights.abilities_of(shown) if shown.is_active else [],
        "sessions": list(shown.usersession_set.order_by("-last_seen_at")[:ENTRIES]),
        "second_factors": shown.authenticator_set.exists(),
        "may_hand": may(request.user, HAND_OVER) and any(role.kind in STAFF for role in held),
        "may_manage": may(request.user, MANAGE_USERS),
        "may_act_for": may_act_for(request.user, shown),
        "may_give": bool(roles_given_by(request.user)) and shown.is_active and shown != request.user,
        "entries": Entry.objects.about(shown)[:ENTRIES] if may(request.user, READ_JOURNAL) else None,
    }
    return render(request, "accounts/users/user.html", context)


@require_http_methods(["GET", "POST"])
@needs(SEE_USERS)
def give_role(request: HttpRequest, user_id: int) -> HttpResponse:
    shown = user_or_404(request, user_id)
    assert isinstance(request.user, User)
    by = request.user
    if not roles_given_by(by):
        raise NotAllowed(giving(Role.Kind.GRADUATE))
    form = RoleForm(request.POST or None, by=by)

    def act() -> None:
        said = form.cleaned_data
        Role.give(shown, said["kind"], said["unit"], by=by, why=form.why, since=said["since"], until=said["until"])

    if acted(request, form, act):
        return done(request, _("%(user)s now holds this role.") % {"user": shown}, "accounts:user", shown.pk)
    context = {"form": form, "shown": shown}
    return render(request, "accounts/users/give_role.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(SEE_USERS)
def withdraw_role(request: HttpRequest, user_id: int, role_id: int) -> HttpResponse:
    shown = user_or_404(request, user_id)
    role = get_object_or_404(Role.objects.select_related("unit", "user"), pk=role_id, user=shown)
    if not may_give(request.user, role.kind, role.unit):
        raise NotAllowed(giving(role.kind))
    left = count_hanging_on(shown) if role.is_the_last else 0
    form = LeavingForm(request.POST or None, left=left)
    by: Any = request.user
    if acted(request, form, lambda: role.withdraw(by=by, why=form.why, despite=form.is_despite)):
        said = _("%(user)s no longer holds this role.") % {"user": shown}
        assert isinstance(request.user, User)
        if users_visible_to(request.user).filter(pk=shown.pk).exists():
            return done(request, said, "accounts:user", shown.pk)
        return done(request, said, "accounts:users")  # it was the last role that let this person be seen from here
    context = {"form": form, "shown": shown, "role": role, "left": left, "may_hand": may(request.user, HAND_OVER)}
    return render(request, "accounts/users/withdraw_role.html", context, status=422 if form.errors else 200)
