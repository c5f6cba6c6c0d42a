"""Media of a post: chosen, put in order, taken off, beside what is being written; and given to who publishes by hand."""

from collections.abc import Callable
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.views.answers import SeeOther, acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.cards.filling import fill
from lierre.publishing.composed import composed
from lierre.publishing.composing import change
from lierre.publishing.forms.composer import ComposerForm
from lierre.publishing.library.attaching import attach, detach, give_card, shift
from lierre.publishing.library.serving import named, served
from lierre.publishing.library.showing import attachments, forbidden, made
from lierre.publishing.models import Delivery, Medium, Post
from lierre.publishing.outbox.speaking import limits_of
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_written_by, may_change
from lierre.publishing.views.composer import composer

ACTS: Final[dict[str, Callable[..., bool]]] = {
    "up": lambda post, pk, by: shift(post, pk, -1, by=by),
    "down": lambda post, pk, by: shift(post, pk, 1, by=by),
    "remove": lambda post, pk, by: detach(post, pk, by=by),
    "uncard": lambda post, _pk, by: give_card(post, None, by=by),
    "read": lambda post, _pk, by: fill(post, by=by),
}

CHOOSING: Final = {"choose": "", "card": "&nature=image&carte=1"}


@require_POST
@needs(SEE_POSTS)
def act(request: HttpRequest, post_id: int) -> HttpResponse:
    """The buttons beside the media: what is typed on the page is kept first, then the medium moves."""
    found = composed(post_id, request.user)
    written = list(accounts_written_by(request.user))
    if not may_change(request.user, found, written):
        raise NotAllowed(WRITE_POSTS)
    what, _dash, number = request.POST.get("media", "").partition("-")
    form = ComposerForm(request.POST, written=written, post=found)

    def keep() -> None:
        change(found, form.draft(), by=request.user)
        if what in ACTS:
            ACTS[what](found, int(number) if number.isdecimal() else 0, request.user)

    if not acted(request, form, keep):
        return render(request, "publishing/post.html", composer(request, found, form, True), status=422)
    if what in CHOOSING:
        return SeeOther(f"{reverse('publishing:library')}?post={found.pk}{CHOOSING[what]}")
    return SeeOther(f"{found.get_absolute_url()}#media")


@require_POST
@needs(SEE_POSTS)
def choose(request: HttpRequest, post_id: int, medium_id: int) -> HttpResponse:
    """From the library to the post: among its media, or on the card of its link."""
    found = get_object_or_404(Post, pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    medium = get_object_or_404(Medium.objects.living(), pk=medium_id)
    part, number = request.POST.get("part", ""), request.POST.get("account", "")
    account = found.variants.filter(account=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    try:
        if request.POST.get("card"):
            give_card(found, medium, by=request.user)
        else:
            place = min(int(part), len(found.parts) - 1) if part.isdecimal() and len(part) < 5 else 0
            attach(found, [medium], by=request.user, part=place, account=account.account if account else None)
    except Refused as refusal:
        return refused(request, refusal, "publishing:post", found.pk)
    return done(request, _("“%(medium)s” is with the post.") % {"medium": medium}, f"{found.get_absolute_url()}#media")


@require_safe
@needs(SEE_POSTS)
def to_publish(request: HttpRequest, delivery_id: int, attachment_id: int) -> FileResponse:
    """What somebody publishes by hand, made for the network where they publish it; nothing that may no longer be shown."""
    del request
    row = get_object_or_404(Delivery.objects.select_related("post", "account"), pk=delivery_id)
    if forbidden(row.post, row.account, row.part, timezone.localdate()):
        raise Http404
    for each in attachments(row.post, row.account, row.part):
        if each.pk == attachment_id:
            media = made(each, row.account, limits_of(row.account))
            return served(media.path, media.type, named(each.title or each.medium.title, media.path), inline=False)
    raise Http404
