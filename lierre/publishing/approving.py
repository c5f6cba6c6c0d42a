"""Approval that blocks: asked for, given, refused, expired; planned without it where no account asks for one."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.charter.holding import hold_to_charter
from lierre.publishing.models import Post, Review, Signature
from lierre.publishing.notices import tell
from lierre.publishing.signers import (
    EXTERNAL,
    answers_for,
    authors_of,
    digest,
    may_sign,
    needed,
    open_step,
    still_asked,
)

__all__ = [
    "OUTSIDE", "authors_of", "carry_on", "digest", "expire", "expire_late", "may_sign", "needed", "open_step", "plan",
    "send_back", "sign", "submit",
]  # fmt: skip
DAY: Final = timedelta(days=1)
# The journal forgets nothing: it does not hold the names of those who may ask to be forgotten.
OUTSIDE: Final = "somebody outside"


def plan(post: Post, *, by: Any) -> None:
    """Let it leave at its time, where no account asks for an approval."""
    if post.needs_approval:
        raise Refused(_("An account asks for an approval: ask for it."))
    hold_to_charter(post)
    post.approve(by=by)


def submit(post: Post, *, by: Any, urgent: bool = False) -> None:
    """Ask for approval. `urgent`: one countersignature, at once, in place of the steps."""
    if not post.needs_approval and not urgent:
        raise Refused(_("No account asks for an approval here: plan it."))
    if not post.variants.exists():
        raise Refused(_("Choose at least one account: there is nowhere to send this."))
    hold_to_charter(post)
    with transaction.atomic():
        post.move([Post.State.DRAFT], Post.State.SUBMITTED, urgent=urgent, due_at=post.due_at or timezone.now() + DAY)
        record("post.urgent" if urgent else "post.submitted", post, by=by, version=post.version)
        carry_on(post, by=by)


def sign(post: Post, seen: str, *, by: Any) -> None:
    """Say yes to the words that were on the screen (`seen`), and to no others."""
    hold_to_charter(post)
    with transaction.atomic():
        held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        mine = may_sign(by, held)
        if not mine:
            raise Refused(_("Somebody else must approve this, or it is already done."))
        if seen != digest(held):
            raise Refused(_("It was changed since you read it: read it again."))
        for each in mine:
            stead = answers_for(by, each, held)[1]
            Signature.objects.create(
                post=held, digest=seen, position=each.position, needed=each.key, by=by, stead=stead
            )
        record("post.signed", held, by=by, version=held.version, in_stead_of=str(stead) if stead else "")
        carry_on(held, by=by, answered=mine[0].position)
    post.refresh_from_db()


def carry_on(post: Post, *, by: Any, answered: int = 0) -> None:
    """What is asked for now is asked; when nothing is left, it leaves at its time. `answered`: a step told of already."""
    following = open_step(needed(post))
    while any(each.key == EXTERNAL for each in following) and count_outside(post, following[0].position):
        following = open_step(needed(post))
    if not following:
        finish(post, by=by)
    elif following[0].position != answered:
        tell(still_asked(post), "to_approve", post)


def finish(post: Post, *, by: Any) -> None:
    """Everybody said yes. A rule that was written meanwhile, and blocks, sends it back to its author."""
    try:
        hold_to_charter(post)
    except Refused as refusal:
        give_back(post, str(refusal), by=by, name=_("The charter"))
        return
    post.approve(by=by)
    tell(authors_of(post), "approved", post)


def count_outside(post: Post, position: int) -> bool:
    """Somebody outside said yes to these very words: their step is signed."""
    seen = digest(post)
    review = post.reviews.filter(counts=True, answer=Review.Answer.YES, digest=seen).last()
    if review is None:
        return False
    Signature.objects.create(post=post, digest=seen, position=position, needed=EXTERNAL, review=review)
    record("post.signed", post, by=OUTSIDE, version=post.version, review=review.pk)
    return True


def send_back(post: Post, why: str, *, by: Any) -> None:
    """Not as it stands. Its author is told why."""
    if not may_sign(by, post):
        raise Refused(_("Somebody else must approve this, or it is already done."))
    give_back(post, why, by=by)


def give_back(post: Post, why: str, *, by: Any, name: str = "") -> None:
    """`name`: of somebody outside, for its author and not for the journal."""
    with transaction.atomic():
        post.move([Post.State.SUBMITTED], Post.State.DRAFT, urgent=False)
        post.signatures.all().delete()
        record("post.sent_back", post, by=by, why=why)
        tell(authors_of(post), "sent_back", post, by=name or str(by), why=why)


def expire(post: Post) -> None:
    """Nobody approved in time: it does not leave, and its author is told."""
    with transaction.atomic():
        post.move([Post.State.SUBMITTED], Post.State.DRAFT, urgent=False)
        record("post.expired", post, by="outbox")
        tell(authors_of(post), "expired", post)


def expire_late() -> int:
    late = list(Post.objects.filter(state=Post.State.SUBMITTED, due_at__lt=timezone.now()))
    for post in late:
        expire(post)
    return len(late)
