"""Somebody outside reads one mailing, and says yes or no; the link is the key, and opening it changes nothing."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done, refused, see_other
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.approving import AnswerForm, AskOutsideForm
from lierre.publishing.mailing.outside import address_of, answer, ask_outside, review_of
from lierre.publishing.mailing.rendering import text_of
from lierre.publishing.models import Mailing, MailingReview
from lierre.publishing.permissions import WRITE_MAILINGS
from lierre.publishing.views.reviewing import said_of


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def review(request: HttpRequest, token: str) -> HttpResponse:
    found = review_of(token)
    if found is None:
        return render(request, "publishing/review_closed.html", {"institution": settings.INSTITUTION}, status=404)
    read = found.mailing.digest
    form = AnswerForm(request.POST or None, initial={"name": found.name, "seen": read})
    if acted(request, form, lambda: answer(found, **form.said())):
        return see_other("publishing:review_mailing", token)
    context = {
        "review": found, "mailing": found.mailing, "form": form, "read": read, "is_answered": found.digest == read,
        "text": text_of(found.mailing), "institution": settings.INSTITUTION,
    }  # fmt: skip
    return render(request, "publishing/mailing/review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def ask(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """Those who were asked, their links while they open, and a form to ask somebody else."""
    found = get_object_or_404(Mailing.objects.select_related("segment"), pk=mailing_id)
    form = AskOutsideForm(request.POST or None)
    if acted(request, form, lambda: ask_outside(found, by=request.user, **form.cleaned_data)):
        messages.success(request, said_of(form.cleaned_data["email"]), extra_tags="tone-good")
        return see_other("publishing:ask_outside_mailing", found.pk)
    asked = [(each, address_of(each) if each.is_open else "") for each in found.reviews.select_related("asked_by")]
    context = {"mailing": found, "form": form, "asked": asked}
    return render(request, "publishing/mailing/review_ask.html", context, status=422 if form.errors else 200)


@require_POST
@needs(WRITE_MAILINGS)
def revoke(request: HttpRequest, review_id: int) -> HttpResponse:
    found = get_object_or_404(MailingReview.objects.select_related("mailing"), pk=review_id)
    try:
        found.revoke(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:ask_outside_mailing", found.mailing_id)
    return done(request, _("The link opens nothing any more."), "publishing:ask_outside_mailing", found.mailing_id)
