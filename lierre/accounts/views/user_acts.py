"""What the IT department does to an account: close the door, open it again, end its sessions, forget its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lierre.accounts.forms.leaving import LeavingForm
from lierre.accounts.handover import count_hanging_on
from lierre.accounts.models import User
from lierre.accounts.permissions import MANAGE_USERS
from lierre.accounts.views.answers import acted, done
from lierre.accounts.views.user import user_or_404
from lierre.foundation.abilities import needs


@dataclass(frozen=True, slots=True)
class Act:
    """`promise` says, beside the button, what can be undone and what is kept."""

    title: Promise
    promise: Promise
    button: Promise
    said: Promise
    do: Callable[..., None]
    is_danger: bool = True
    leaves: bool = False


ACTS: Final = {
    "desactiver": Act(
        _("Deactivate the account of %(user)s"),
        _("They can no longer sign in, and every open session ends now. The roles are kept: reactivating gives them back."),
        _("Deactivate"),
        _("The account of %(user)s is deactivated."),
        User.deactivate,
        leaves=True,
    ),
    "reactiver": Act(
        _("Reactivate the account of %(user)s"),
        _("They can sign in again, with the roles that were kept."),
        _("Reactivate"),
        _("The account of %(user)s is open again."),
        User.reactivate,
        is_danger=False,
    ),
    "deconnecter": Act(
        _("Sign %(user)s out everywhere"),
        _("Every open session ends now. They can sign in again at once."),
        _("Sign out everywhere"),
        _("Every session of %(user)s is ended."),
        User.sign_out_everywhere,
    ),
    "oublier-cles": Act(
        _("Forget the second factors of %(user)s"),
        _("For someone who lost their telephone: passkeys, codes and application are taken away, and sessions end."
          " They sign in with their password alone, and can set them up again."),
        _("Forget them"),
        _("%(user)s signs in with the password alone."),
        User.forget_second_factors,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(MANAGE_USERS)
def act(request: HttpRequest, user_id: int, name: str) -> HttpResponse:
    """Announced, confirmed with a reason, then done."""
    if name not in ACTS:
        raise Http404
    asked, shown = ACTS[name], user_or_404(request, user_id)
    left = count_hanging_on(shown) if asked.leaves else 0
    form = LeavingForm(request.POST or None, left=left)
    despite = {"despite": True} if form.is_valid() and form.is_despite else {}
    if acted(request, form, lambda: asked.do(shown, by=request.user, why=form.why, **despite)):
        return done(request, asked.said % {"user": shown}, "accounts:user", shown.pk)
    context = {
        "act": asked,
        "title": asked.title % {"user": shown},
        "shown": shown,
        "form": form,
        "left": left,
        "may_hand": True,
    }
    return render(request, "accounts/users/act.html", context, status=422 if form.errors else 200)
