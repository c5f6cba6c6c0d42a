"""Somebody comments on a post or a mailing; those they call by their names, and whoever wrote it, are told."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.mailing.approving import tell as tell_of_mailing
from lierre.publishing.models import Comment, Mailing, Mention
from lierre.publishing.notices import tell
from lierre.publishing.permissions import SEE_POSTS
from lierre.publishing.spoken import Spoken
from lierre.publishing.talking.calling import called


@dataclass(frozen=True, slots=True)
class Commented:
    """`left`: names of people who can no longer read it; `unknown`: names that nobody here bears; `shared`: of several."""

    comment: Comment
    told: list[str]
    left: list[str]
    unknown: list[str]
    shared: list[str]


def comment_on(post: Spoken, body: str, *, version: int, by: Any) -> Commented:
    """`version`: the one that was on the screen."""
    words = body.strip()
    if not words:
        raise Refused(_("Write your comment first."))
    names = called(words, readers())
    gone = called(" ".join(f"@{name}" for name in names.unknown), strangers()) if names.unknown else None
    with transaction.atomic():
        made = Comment.objects.create(**where(post, version), body=words, by=by)
        Mention.objects.bulk_create([Mention(comment=made, user_id=each.pk) for each in names.found])
        record("comment.written", post, by=by, comment=made.pk, version=made.version)
        told = [user for user in names.found if user.pk != by.pk and isinstance(user, User)]
        tell_them(told, "mentioned", post, by=str(by), words=words)
        if post.owner and post.owner.is_active and post.owner_id not in {by.pk, *(user.pk for user in told)}:
            tell_them([post.owner], "commented", post, by=str(by), words=words)
    left = [each.name for each in gone.found] if gone else []
    return Commented(made, [str(user) for user in told], left, gone.unknown if gone else [], names.shared)


def where(said: Spoken, version: int) -> dict[str, Any]:
    """What it is about."""
    if isinstance(said, Mailing):
        return {"mailing": said}
    return {"post": said, "version": min(version, said.version)}


def tell_them(users: list[User], what: str, said: Spoken, **words: str) -> None:
    if isinstance(said, Mailing):
        tell_of_mailing(users, what, said, **words)
    else:
        tell(users, what, said, **words)


def readers() -> list[User]:
    """Those who may see it."""
    held = Role.objects.in_force().filter(kind__in=SEE_POSTS.roles).values("user")
    return list(User.objects.active().filter(pk__in=held))


def strangers() -> list[User]:
    """Those who worked here and may no longer read."""
    held = Role.objects.in_force().filter(kind__in=SEE_POSTS.roles).values("user")
    return list(User.objects.exclude(name="").exclude(is_active=True, pk__in=held)[:5000])
