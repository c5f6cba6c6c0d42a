"""Somebody leaves: everything that hangs on them, on one page, and to whom each thing goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lierre.accounts.forms.leaving import HandoverForm
from lierre.accounts.handover import hand_over
from lierre.accounts.models import User
from lierre.accounts.permissions import HAND_OVER, MANAGE_USERS, SEE_USERS
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import may, needs


@require_http_methods(["GET", "POST"])
@needs(HAND_OVER)
def handover(request: HttpRequest, user_id: int) -> HttpResponse:
    leaver = get_object_or_404(User, pk=user_id)
    form, handed = HandoverForm(request.POST or None, leaver=leaver), []
    if acted(request, form, lambda: handed.append(hand_over(leaver, form.choices, by=request.user))):
        said = ngettext("%(count)d thing has somebody else now.", "%(count)d things have somebody else now.", handed[0])
        return done(request, said % {"count": handed[0]}, "accounts:handover", leaver.pk)
    context = {
        "leaver": leaver, "form": form, "may_close": may(request.user, MANAGE_USERS) and request.user != leaver,
        "sees_users": may(request.user, SEE_USERS),
    }  # fmt: skip
    return render(request, "accounts/users/handover.html", context, status=422 if form.errors else 200)
