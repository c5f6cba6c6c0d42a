"""Somebody outside is asked to read one post: a signed link, one purpose, that expires and can be taken back."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.approving import OUTSIDE, carry_on, give_back
from lierre.publishing.models import Notice, Post, Review
from lierre.publishing.notices import tell
from lierre.publishing.signers import EXTERNAL, authors_of, digest, needed, open_step

SALT: Final = "lierre.publishing.review"
DAYS: Final = 7
MOST_DAYS: Final = 30


def token_of(review: Review) -> str:
    """Signed, for this post and this reader only, always the same. When it ends stands in the base, not in it."""
    return signing.Signer(salt=SALT).sign_object([review.pk, review.post_id])


def address_of(review: Review) -> str:
    return settings.ADDRESS + reverse("publishing:review", args=[token_of(review)])


def review_of(token: str) -> Review | None:
    """None when the link is false, too old, taken back, or of a post that was withdrawn."""
    try:
        pk, post_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Review.objects.open().filter(pk=pk, post=post_id).exclude(post__state=Post.State.WITHDRAWN)
    return found.select_related("post", "post__unit", "post__owner", "asked_by").first()


def ask_outside(post: Post, *, name: str, email: str, days: int, by: Any, language: str = "") -> Review:
    """Counts as the step “somebody outside” when an account asks for it, else as an advice. Written to, if they can be."""
    if post.state == Post.State.WITHDRAWN:
        raise Refused(_("This post was withdrawn: write another one."))
    counts = any(each.key == EXTERNAL for each in needed(post))
    until = timezone.now() + timedelta(days=min(max(days, 1), MOST_DAYS))
    with transaction.atomic():
        made = Review.objects.create(post=post, name=name, email=email, counts=counts, asked_by=by, expires_at=until)
        record("review.asked", post, by=by, review=made.pk, counts=counts, until=until.isoformat())
        if email:
            write_to(made, language or post.language)
    return made


def write_to(review: Review, language: str) -> None:
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(known):
        told = {
            "by": review.asked_by, "institution": settings.INSTITUTION, "title": review.post.title,
            "day": date_format(timezone.localtime(review.expires_at), "DATE_FORMAT"), "link": address_of(review),
        }  # fmt: skip
        subject = _("Would you read this before it is published: %(title)s") % told
        body = (
            _(
                "%(by)s, of %(institution)s, asks you to read a text before it is published, and to say yes or no.\n\n"
                "Nothing is asked of you but this: no account, no password. The link is yours alone, until %(day)s:\n%(link)s"
            )
            % told
        )
        Notice.objects.create(address=review.email, subject=" ".join(subject.split())[:200], body=f"{body}\n")


def answer(review: Review, *, yes: bool, name: str, words: str, seen: str) -> None:
    """What somebody outside says of the words that were on their screen (`seen`), and of no others."""
    if not yes and not words.strip():
        raise Refused(_("Say what is to be corrected."))
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).get(pk=review.post_id)
        if seen != digest(post):
            raise Refused(_("It was changed since you read it: read it again."))
        fields = {
            "answer": Review.Answer.YES if yes else Review.Answer.NO, "answered_at": timezone.now(),
            "answered_as": name.strip()[:150], "words": words.strip(), "digest": seen,
        }  # fmt: skip
        if not Review.objects.open().filter(pk=review.pk).exclude(digest=seen).update(**fields):
            raise Refused(_("You have already answered about this text: thank you."))
        review.refresh_from_db()
        said = {"by": review.answered_as, "answer": str(review.get_answer_display()), "words": review.words}
        record("review.answered", post, by=OUTSIDE, review=review.pk, answer=review.answer)
        position = turn(post) if review.counts else 0
        if position and yes:
            carry_on(post, by=OUTSIDE, answered=position)
        elif position:
            give_back(post, review.words, by=OUTSIDE, name=review.answered_as)
        else:
            tell(authors_of(post), "answered", post, **said)


def turn(post: Post) -> int:
    """The step at which somebody outside is asked now; 0 when it is not their turn."""
    if post.state != Post.State.SUBMITTED:
        return 0
    return next((each.position for each in open_step(needed(post)) if each.key == EXTERNAL), 0)


def forget_addresses() -> int:
    """Nobody is written to once the link is closed: the address goes, the answer and the name that was given stay."""
    closed = timezone.now() - timedelta(days=MOST_DAYS)
    return Review.objects.filter(expires_at__lt=closed).exclude(email="").update(email="")
