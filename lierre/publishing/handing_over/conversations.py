"""Comments in which somebody is called by their name, as long as they are not settled: somebody else answers."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.models.journal import record
from lierre.publishing.models import Mailing, Mention, Post
from lierre.publishing.permissions import SEE_POSTS


def called(user: User) -> QuerySet[Mention]:
    found = Mention.objects.filter(user=user, comment__resolved_at=None)
    found = found.exclude(comment__post__state=Post.State.WITHDRAWN)
    found = found.exclude(comment__mailing__state__in=[Mailing.State.SENT, Mailing.State.CANCELLED])
    return found.select_related("comment__post", "comment__mailing")


def told(mention: Mention) -> str:
    return f"{mention.comment.about.title}: {mention.comment}"


def call(mention: Mention, to: User | None, by: Any) -> None:
    """Somebody who is called there already is not called twice."""
    before = str(mention.user)
    if to is None or Mention.objects.filter(comment=mention.comment_id, user=to).exists():
        mention.delete()
    else:
        Mention.objects.filter(pk=mention.pk).update(user=to)
    record("comment.handed_over", mention.comment.about, by=by, before=before, after=str(to or ""))


CONVERSATIONS: Final = Tie(
    "conversations", gettext_lazy("Comments that wait for their answer"),
    gettext_lazy("What they wrote themselves stays under their name."),
    called, told, SEE_POSTS.roles, call, nobody=True,
)  # fmt: skip
