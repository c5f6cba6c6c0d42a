"""Somebody outside reads one post or one letter, and says yes or no; the link is the key, and opening it changes nothing."""

from typing import Any, Final

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused, see_other
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.approving import AnswerForm, AskOutsideForm
from lierre.publishing.library.serving import NOT_KEPT, named, served
from lierre.publishing.models import MailingReview, Post, Review
from lierre.publishing.outside import ROADS
from lierre.publishing.permissions import SEE_POSTS, WRITE_MAILINGS, WRITE_POSTS, may_change
from lierre.publishing.reviewing import address_of, answer, ask_outside, review_of
from lierre.publishing.seen_outside import asked as asked_file
from lierre.publishing.spoken import Spoken
from lierre.publishing.views.letter import checked, letter_to_change
from lierre.publishing.views.mailings import laid_out

KINDS: Final[dict[str, Any]] = {"post": Review, "mailing": MailingReview}
READ: Final = {"post": "publishing/review.html", "mailing": "publishing/mailing/review.html"}
ASKED: Final = {"post": "publishing/review_ask.html", "mailing": "publishing/mailing/review_ask.html"}
ASKING: Final = {"post": "publishing:ask_outside", "mailing": "publishing:ask_outside_mailing"}


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it passes whatever the address holds
@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def review(request: HttpRequest, token: str, about: str = "post") -> HttpResponse:
    found = review_of(token, KINDS[about])
    if found is None:
        return render(request, "publishing/review_closed.html", {"institution": settings.INSTITUTION}, status=404)
    road = ROADS[KINDS[about]]
    read = road.digest(found.about)
    form = AnswerForm(request.POST or None, initial={"name": found.name, "seen": read})
    if acted(request, form, lambda: answer(found, **form.said())):
        return see_other(found.PAGE, token)
    context = {
        "review": found, about: found.about, "about": found.about, "title": road.title(found.about), "form": form,
        "read": read, "is_answered": found.digest == read, "institution": settings.INSTITUTION,
        "places": road.shows(found.about), "token": token,
    }  # fmt: skip
    return render(request, READ[about], context, status=422 if form.errors else 200)


@never_cache
@require_safe
@login_not_required
def review_file(request: HttpRequest, token: str, account_id: int, name: str, number: int) -> FileResponse:
    """A medium of the post that this very link opens, as it leaves; nothing once the link is closed."""
    del request
    found = review_of(token)
    given = asked_file(found.post, account_id, name, number) if found else None
    if given is None:
        raise Http404
    file, title = given
    return served(file.path, file.type, named(title, file.path), inline=name != "fichier", kept=NOT_KEPT)


@xframe_options_sameorigin
@never_cache
@require_safe
@login_not_required
def review_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The message with its images, alone, for whoever reads it from outside."""
    del request
    found = review_of(token, MailingReview)
    if found is None:
        raise Http404
    return laid_out(found.mailing, "clair")


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def ask(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_object_or_404(Post.objects.select_related("unit", "owner"), pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    return asking(request, found)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def ask_about_letter(request: HttpRequest, mailing_id: int) -> HttpResponse:
    return asking(request, letter_to_change(request, mailing_id))


def asking(request: HttpRequest, about: Spoken) -> HttpResponse:
    """Those who were asked, their links while they open, and a form to ask somebody else."""
    kind, form = about.reviews.model, AskOutsideForm(request.POST or None)
    if acted(request, form, lambda: ask_outside(about, by=request.user, **form.cleaned_data)):
        messages.success(request, said_of(form.cleaned_data["email"]), extra_tags="tone-good")
        return see_other(ASKING[kind.ABOUT], about.pk)
    rows: Any = about.reviews.select_related("asked_by")
    asked = [(each, address_of(each) if each.is_open else "") for each in rows]
    context = {"about": about, "form": form, "asked": asked, "counts": ROADS[kind].asks(about)}
    return render(request, ASKED[kind.ABOUT], context, status=422 if form.errors else 200)


def said_of(email: str) -> str:
    if email:
        return _("The link leaves by mail. It is below too.")
    return _("The link is below: send it to them.")


@require_POST
@needs(SEE_POSTS)
def revoke(request: HttpRequest, review_id: int) -> HttpResponse:
    found = get_object_or_404(Review.objects.select_related("post"), pk=review_id)
    if not may_change(request.user, found.post):
        raise NotAllowed(WRITE_POSTS)
    return closed(request, found)


@require_POST
@needs(WRITE_MAILINGS)
def revoke_of_letter(request: HttpRequest, review_id: int) -> HttpResponse:
    found = get_object_or_404(MailingReview.objects.select_related("mailing__unit"), pk=review_id)
    checked(request, found.mailing)
    return closed(request, found)


def closed(request: HttpRequest, found: Review | MailingReview) -> HttpResponse:
    back = ASKING[found.ABOUT]
    try:
        found.revoke(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, back, found.about_id)
    return done(request, _("The link opens nothing any more."), back, found.about_id)
