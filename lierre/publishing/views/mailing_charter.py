"""What the charter says of a mailing: a passage is written as the rule proposes, kept, or asked about with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.charter import ExceptionForm
from lierre.publishing.mailing.keeping import ask_exception, countersign, find, keep, replace
from lierre.publishing.models import MailingException
from lierre.publishing.permissions import SEE_POSTS, WRITE_MAILINGS
from lierre.publishing.views.letter import letter_to_change


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def passage(request: HttpRequest, mailing_id: int, key: str) -> HttpResponse:
    """A passage that a rule blocks: why it should stay."""
    found = letter_to_change(request, mailing_id)
    try:
        shown, place = find(found, key)
    except Refused as refusal:
        return refused(request, refusal, "publishing:mailing", found.pk)
    form = ExceptionForm(request.POST or None)
    if acted(request, form, lambda: ask_exception(found, key, form.cleaned_data["why"], by=request.user)):
        return done(request, _("Those who may countersign it are told by mail."), "publishing:mailing", found.pk)
    context = {"mailing": found, "finding": shown.finding, "place": place, "form": form}
    return render(request, "publishing/mailing/exception.html", context, status=422 if form.errors else 200)


@require_POST
@needs(WRITE_MAILINGS)
def settle(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """The words that a rule proposes (`replace`), or the passage as it is (`keep`)."""
    found = letter_to_change(request, mailing_id)
    try:
        if key := request.POST.get("replace"):
            replace(found, key, by=request.user)
        else:
            keep(found, request.POST.get("keep", ""), by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:mailing", found.pk)
    return done(request, _("Kept."), "publishing:mailing", found.pk)


@require_POST
@needs(SEE_POSTS)
def give(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Countersign."""
    rows = MailingException.objects.select_related("mailing", "mailing__segment", "mailing__unit", "rule")
    found = get_object_or_404(rows, pk=exception_id)
    try:
        countersign(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:mailing", found.mailing_id)
    return done(request, _("Countersigned: the passage may stay."), "publishing:mailing", found.mailing_id)
