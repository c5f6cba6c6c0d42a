"""Those who asked to be erased: how many marks are held, and taking one away when somebody comes back themselves."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.privacy.forms.comeback import ComebackForm
from lierre.privacy.models import Suppression
from lierre.privacy.permissions import LEAD_REQUESTS
from lierre.privacy.suppression import SuppressionList
from lierre.privacy.views.writing import form_page


@require_http_methods(["GET", "POST"])
@needs(LEAD_REQUESTS)
def comeback(request: HttpRequest) -> HttpResponse:
    form = ComebackForm(request.POST or None)

    def act() -> None:
        if not SuppressionList().lift(form.hashes, by=request.user, reason=form.because):
            raise Refused(_("Nobody who was erased bore this number, this address, or this name and birth."))

    if acted(request, form, act):
        return done(request, _("The next file may bring them again."), "privacy:comeback")
    count = Suppression.objects.count()
    told = ngettext("%(count)d mark is held.", "%(count)d marks are held.", count) % {"count": count}
    dek = _("Whoever asked to be erased is recognised in new files by marks that name nobody, and set aside.")
    return form_page(
        request, form, title=_("Somebody who was erased comes back"), button=_("Take their mark away"),
        back="privacy:desk", dek=f"{dek} {told}",
    )  # fmt: skip
