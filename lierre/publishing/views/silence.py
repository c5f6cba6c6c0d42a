"""Embargoes: those in force, what each keeps quiet; set, and lifted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.rhythm import EmbargoForm
from lierre.publishing.mailing import silence as mailings
from lierre.publishing.models import Embargo
from lierre.publishing.permissions import KEEP_SILENCES, SEE_POSTS
from lierre.publishing.rhythm.silence import MOST_SHOWN, keep_silent, kept_quiet, lift


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def embargoes(request: HttpRequest) -> HttpResponse:
    may_set = may(request.user, KEEP_SILENCES)
    form = EmbargoForm(request.POST or None)
    if request.method == "POST" and not may_set:
        raise NotAllowed(KEEP_SILENCES)
    made: list[tuple[Embargo, int]] = []
    if acted(request, form, lambda: made.append(keep_silent(form.kept, by=request.user))):
        embargo, held = made[0]
        said = ngettext(
            "The embargo is set. %(count)d post or letter that was ready is held, and its author told.",
            "The embargo is set. %(count)d posts or letters that were ready are held, and their authors told.",
            held,
        )
        return done(request, said % {"count": held}, "publishing:embargo", embargo.pk)
    context = {
        "form": form,
        "embargoes": Embargo.objects.not_over().select_related("unit", "set_by"),
        "may_set": may_set,
    }
    return render(request, "publishing/embargoes.html", context, status=422 if form.errors else 200)


@require_safe
@needs(SEE_POSTS)
def embargo(request: HttpRequest, embargo_id: int) -> HttpResponse:
    found = get_object_or_404(Embargo.objects.select_related("unit", "set_by"), pk=embargo_id)
    quiet = [*kept_quiet(found), *mailings.kept_quiet(found, MOST_SHOWN)]
    context = {"embargo": found, "posts": quiet, "may_set": may(request.user, KEEP_SILENCES)}
    return render(request, "publishing/embargo.html", context)


@require_POST
@needs(KEEP_SILENCES)
def lift_embargo(request: HttpRequest, embargo_id: int) -> HttpResponse:
    found = get_object_or_404(Embargo, pk=embargo_id)
    try:
        lift(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:embargo", found.pk)
    said = _("It is lifted. What it held does not leave by itself: plan it again.")
    return done(request, said, "publishing:embargo", found.pk)
