"""Somebody outside reads one post, and says yes or no; the link is the key, and opening it changes nothing."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done, refused, see_other
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.approving import AnswerForm, AskOutsideForm
from lierre.publishing.models import Post, Review
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, may_change
from lierre.publishing.reviewing import address_of, answer, ask_outside, review_of
from lierre.publishing.signers import digest


@never_cache
@require_http_methods(["GET", "POST"])
@login_not_required
def review(request: HttpRequest, token: str) -> HttpResponse:
    found = review_of(token)
    if found is None:
        return render(request, "publishing/review_closed.html", {"institution": settings.INSTITUTION}, status=404)
    read = digest(found.post)
    form = AnswerForm(request.POST or None, initial={"name": found.name, "seen": read})
    if acted(request, form, lambda: answer(found, **form.said())):
        return see_other("publishing:review", token)
    context = {
        "review": found, "post": found.post, "variants": found.post.variants.all(), "form": form,
        "read": read, "is_answered": found.digest == read, "institution": settings.INSTITUTION,
    }  # fmt: skip
    return render(request, "publishing/review.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def ask(request: HttpRequest, post_id: int) -> HttpResponse:
    """Those who were asked, their links while they open, and a form to ask somebody else."""
    found = get_object_or_404(Post.objects.select_related("unit", "owner"), pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    form = AskOutsideForm(request.POST or None)
    if acted(request, form, lambda: ask_outside(found, by=request.user, **form.cleaned_data)):
        messages.success(request, said_of(form.cleaned_data["email"]), extra_tags="tone-good")
        return see_other("publishing:ask_outside", found.pk)
    asked = [(each, address_of(each) if each.is_open else "") for each in found.reviews.select_related("asked_by")]
    context = {"post": found, "form": form, "asked": asked}
    return render(request, "publishing/review_ask.html", context, status=422 if form.errors else 200)


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
    try:
        found.revoke(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:ask_outside", found.post_id)
    return done(request, _("The link opens nothing any more."), "publishing:ask_outside", found.post_id)
