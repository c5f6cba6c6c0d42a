"""Acting in the place of somebody: why is asked, the password again, and a button that stops it from every page."""

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts import in_place
from lierre.accounts.models import Acting, User
from lierre.accounts.models.acting import LASTS, MOST_A_DAY
from lierre.accounts.permissions import ACT_AS, may_act_for
from lierre.accounts.views.answers import acted, done, see_other
from lierre.accounts.views.user import user_or_404
from lierre.foundation.abilities import needs
from lierre.foundation.forms.dressed import ReasonForm


@require_http_methods(["GET", "POST"])
@needs(ACT_AS)
@reauthentication_required  # type: ignore[untyped-decorator]
def act_as(request: HttpRequest, user_id: int) -> HttpResponse:
    shown, by = user_or_404(request, user_id), request.user
    assert isinstance(by, User)
    if not may_act_for(by, shown):
        raise Http404
    form, begun = ReasonForm(request.POST or None), []
    if acted(request, form, lambda: begun.append(Acting.begin(shown, by=by, why=form.why))):
        request.session[in_place.KEY] = begun[0].pk
        return see_other("site:home")
    context = {
        "shown": shown, "form": form, "minutes": int(LASTS.total_seconds() // 60), "most": MOST_A_DAY,
    }  # fmt: skip
    return render(request, "accounts/acting/begin.html", context, status=422 if form.errors else 200)


@require_POST
def stop_acting(request: HttpRequest) -> HttpResponse:
    """Whoever acts in nobody’s place is sent home: there is nothing to stop."""
    left = in_place.stop(request)
    said = _("You are yourself again.")
    return done(request, said, "accounts:user", left.pk) if left else done(request, said, "site:home")
