"""What a post goes through: planned, submitted, approved, sent back, withdrawn."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lierre.accounts.views.answers import done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.foundation.zones import said
from lierre.publishing.approving import plan as plan_it
from lierre.publishing.approving import send_back, sign, submit
from lierre.publishing.forms.approving import SendBackForm
from lierre.publishing.models import Post
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, may_change
from lierre.publishing.views.composer import refusal_of


def plan(post: Post, request: HttpRequest) -> None:
    check_fits(post)
    plan_it(post, by=request.user)


def ask(post: Post, request: HttpRequest) -> None:
    check_fits(post)
    submit(post, by=request.user)


def ask_at_once(post: Post, request: HttpRequest) -> None:
    check_fits(post)
    submit(post, by=request.user, urgent=True)


def approve(post: Post, request: HttpRequest) -> None:
    sign(post, request.POST.get("digest", ""), by=request.user)


def refuse(post: Post, request: HttpRequest) -> None:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what is to be corrected."))
    send_back(post, form.cleaned_data["why"], by=request.user)


def withdraw(post: Post, request: HttpRequest) -> None:
    post.withdraw(by=request.user)


def bring_back(post: Post, request: HttpRequest) -> None:
    post.bring_back(by=request.user)


def check_fits(post: Post) -> None:
    refuse_passed(post)
    if refusal := refusal_of(post):
        raise refusal


def refuse_passed(post: Post) -> None:
    """A person who chose an hour meant one to come: what leaves late, or never, is not what they said."""
    if post.due_at and post.due_at < timezone.now():
        told = _("Its hour, %(moment)s, has passed: choose another, then plan it again.")
        raise Refused(told % {"moment": said(post.due_at, "DATETIME_FORMAT")})


Act = Callable[[Post, HttpRequest], None]
# Who wrote may do the first ones; who approves, the last ones: each verb looks at that itself.
WRITERS: Final[dict[str, tuple[Act, Any]]] = {
    "planifier": (plan, gettext_lazy("It is planned: it leaves at its time.")),
    "soumettre": (ask, gettext_lazy("Those who may approve it are told by mail.")),
    "urgence": (ask_at_once, gettext_lazy("It needs one countersignature: those who may give it are told by mail.")),
    "ressortir": (bring_back, gettext_lazy("It is a draft again: nothing leaves before you say so.")),
    "retirer": (withdraw, gettext_lazy("It is withdrawn: nothing more of it leaves.")),
}
APPROVERS: Final[dict[str, tuple[Act, Any]]] = {
    "approuver": (approve, gettext_lazy("Approved.")),
    "renvoyer": (refuse, gettext_lazy("It goes back to its author, with your words.")),
}


@require_POST
@needs(SEE_POSTS)
def act(request: HttpRequest, post_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Post, pk=post_id)
    if name not in WRITERS | APPROVERS:
        raise Http404
    if name in WRITERS and not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    do, sentence = (WRITERS | APPROVERS)[name]
    try:
        do(found, request)
    except Refused as refusal:
        return refused(request, refusal, "publishing:post", found.pk)
    return done(request, str(sentence), "publishing:post", found.pk)
