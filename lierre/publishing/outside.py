"""What differs between a post and a letter that somebody outside reads: their words, whose turn it is, who hears the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.publishing import approving, notices
from lierre.publishing.mailing import approving as letters
from lierre.publishing.mailing.outside import asks_outside
from lierre.publishing.models import Mailing, MailingReview, Post, Review
from lierre.publishing.models.review import Reading
from lierre.publishing.seen_outside import places
from lierre.publishing.signers import EXTERNAL, authors_of, digest, needed, open_step


@dataclass(frozen=True, slots=True)
class Road:
    """
    `asks`: whether a yes from outside is asked for at all; `is_turn`: whether it is awaited now. `refusal`: why nobody can be
    asked any more, "" when they can. `gone`: the state in which the link opens nothing. `title`: as whoever is outside knows it.
    `shows`: what is seen of it besides its words.
    """

    digest: Callable[[Any], str]
    asks: Callable[[Any], bool]
    is_turn: Callable[[Any], bool]
    hear_yes: Callable[[Any, Any], None]
    hear_no: Callable[[Any, Any], None]
    advise: Callable[[Any, Any], None]
    refusal: Callable[[Any], str]
    title: Callable[[Any], str]
    shows: Callable[[Any], list[Any]]
    gone: str
    with_it: tuple[str, ...]  # what is read together with it
    subject: Any
    body: Any


def turn(post: Post) -> int:
    """The step at which somebody outside is asked now; 0 when it is not their turn."""
    if post.state != Post.State.SUBMITTED:
        return 0
    return next((each.position for each in open_step(needed(post)) if each.key == EXTERNAL), 0)


def refusal_of_post(post: Post) -> str:
    return _("This post was withdrawn: write another one.") if post.state == Post.State.WITHDRAWN else ""


def refusal_of_letter(mailing: Mailing) -> str:
    if mailing.is_changeable:
        return ""
    return _("It has begun to leave, or was cancelled: nobody can change it any more.")


OF_POSTS: Final = Road(
    digest=digest,
    asks=lambda post: any(each.key == EXTERNAL for each in needed(post)),
    is_turn=lambda post: bool(turn(post)),
    hear_yes=lambda post, _review: approving.carry_on(post, by=approving.OUTSIDE, answered=turn(post)),
    hear_no=lambda post, review: approving.give_back(post, review.words, by=approving.OUTSIDE, name=review.answered_as),
    advise=lambda post, review: notices.tell(authors_of(post), "answered", post, **review.told),
    refusal=refusal_of_post,
    title=lambda post: post.title,
    shows=places,
    gone=Post.State.WITHDRAWN,
    with_it=("post__unit", "post__owner", "post__link_image"),
    subject=gettext_lazy("Would you read this before it is published: %(title)s"),
    body=gettext_lazy(
        "%(by)s, of %(institution)s, asks you to read a text before it is published, and to say yes or no.\n\n"
        "Nothing is asked of you but this: no account, no password. The link is yours alone, until %(day)s:\n%(link)s"
    ),
)
OF_LETTERS: Final = Road(
    digest=lambda mailing: mailing.digest,
    asks=asks_outside,
    is_turn=letters.is_turn_outside,
    hear_yes=letters.hear_yes,
    hear_no=letters.hear_no,
    advise=lambda mailing, review: letters.tell(letters.whoever_wrote(mailing), "answered", mailing, **review.told),
    refusal=refusal_of_letter,
    title=lambda mailing: mailing.subject,
    shows=lambda _mailing: [],
    gone=Mailing.State.CANCELLED,
    with_it=("mailing__segment", "mailing__unit"),
    subject=gettext_lazy("Would you read this letter before it leaves: %(title)s"),
    body=gettext_lazy(
        "%(by)s, of %(institution)s, asks you to read a letter before it leaves, and to say yes or no.\n\n"
        "Nothing is asked of you but this: no account, no password. The link is yours alone, until %(day)s:\n%(link)s"
    ),
)
ROADS: Final[dict[type[Reading], Road]] = {Review: OF_POSTS, MailingReview: OF_LETTERS}
