"""The board: posts and mailings by state; moving a card submits, approves, takes back or withdraws, and nothing else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.views.answers import done, refused, see_other
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.approving import digest, sign
from lierre.publishing.forms.moving import CardForm
from lierre.publishing.mailing import approving as letters
from lierre.publishing.mailing.composing import cancel
from lierre.publishing.models import Mailing, Post
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, may_change
from lierre.publishing.rhythm.board import act_of
from lierre.publishing.rhythm.board import board as columns
from lierre.publishing.rhythm.silence import take_back
from lierre.publishing.spoken import named
from lierre.publishing.views.approving import WRITERS
from lierre.publishing.views.calendar import asked_of, at_card, tools
from lierre.publishing.views.letter import checked


@require_safe
@needs(SEE_POSTS)
def board(request: HttpRequest) -> HttpResponse:
    # Each card offers what its reader may do; each act looks at it again.
    user: Any = request.user
    found = columns(asked_of(request), seen_by=user)
    context = {"columns": found, "view": "board", "may_write": may(request.user, WRITE_POSTS)}
    return render(request, "publishing/board.html", context | tools(request))


@require_POST
@needs(SEE_POSTS)
def move_card(request: HttpRequest) -> HttpResponse:
    """Back to where one was, with what was done, or why nothing was."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return see_other("publishing:board")
    said = form.cleaned_data
    if (post := named(said["post"])) is None:
        raise Http404
    back = said["back"] or "publishing:board"
    try:
        name = act_of(post, said["to"], said["version"])
        act_on_letter(request, post, name) if isinstance(post, Mailing) else act(request, post, name)
    except Refused as refusal:
        return refused(request, refusal, at_card(back, said["post"]))
    sentence = _("“%(post)s”: it is “%(state)s”.") % {"post": post, "state": post.get_state_display()}
    return done(request, sentence, at_card(back, said["post"]))


def act(request: HttpRequest, post: Post, name: str) -> None:
    by: Any = request.user
    if name == "approuver":
        sign(post, digest(post), by=by)
        return
    if not may_change(by, post):
        raise NotAllowed(WRITE_POSTS)
    if name == "reprendre":
        take_back(post, "post.taken_back", by=by)
    else:
        WRITERS[name][0](post, request)


def act_on_letter(request: HttpRequest, mailing: Mailing, name: str) -> None:
    by: Any = request.user
    if name == "approuver":
        letters.approve(mailing, mailing.digest, by=by)
        return
    checked(request, mailing)
    if name == "reprendre":
        mailing.take_back("mailing.taken_back", by=by)
    elif name == "retirer":
        cancel(mailing, by=by)
    elif name == "planifier" and not mailing.was_approved_as_it_is:
        raise Refused(_("Somebody else reads a letter before it leaves: ask for its approval."))
    else:
        letters.submit(mailing, by=by)
