"""Posts of somebody that have not left yet: whoever has them from now on is their author for what follows."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.zones import said as moment_said
from lierre.publishing.models import Delivery, Post
from lierre.publishing.notices import tell
from lierre.publishing.permissions import WRITE_POSTS, may_change
from lierre.publishing.signers import needed


def unfinished(user: User) -> QuerySet[Post]:
    """Drafts, what waits for approval, and what is approved as long as some of it has not left."""
    states = [*Delivery.CHANGEABLE, *Delivery.TURNING, Delivery.State.REFUSED]
    waits = Delivery.objects.filter(post=OuterRef("pk"), state__in=states)
    begun = Q(state__in=[Post.State.DRAFT, Post.State.SUBMITTED]) | Q(Exists(waits))
    return Post.objects.living().filter(begun, owner=user).order_by("due_at", "pk")


def told(post: Post) -> str:
    state = post.get_state_display()
    moment = moment_said(post.due_at, "SHORT_DATETIME_FORMAT") if post.due_at else ""
    return f"{post.title} ({', '.join(filter(None, [str(state), moment]))})"


def give(post: Post, to: User | None, by: Any) -> None:
    """Never to somebody whose approval it waits for, or has: nobody approves what is theirs."""
    if to is not None and post.state == Post.State.SUBMITTED:
        asked = needed(post)
        if any(
            (each.person and each.person.pk == to.pk) or (each.signature and each.signature.by_id == to.pk)
            for each in asked
        ):
            raise Refused(
                _("%(user)s approves “%(post)s”: nobody approves what is theirs. Choose somebody else for it.")
                % {"user": to, "post": post}
            )
    before = post.owner
    Post.objects.filter(pk=post.pk).update(owner=to)
    record("post.handed_over", post, by=by, before=str(before), after=str(to))


def hand_on(post: Post, to: User, by: Any) -> None:
    """While everybody stays: whoever takes it must be able to write it. They are told by mail."""
    if post.state == Post.State.WITHDRAWN:
        raise Refused(_("This post was withdrawn: write another one."))
    if to.pk == post.owner_id:
        raise Refused(_("%(user)s has it already.") % {"user": to})
    if not may_change(to, post):
        raise Refused(
            _("%(user)s does not write for every account of this post: choose somebody who does.") % {"user": to}
        )
    with transaction.atomic():
        give(post, to, by)
        tell([to], "given", post, by=str(by))
    post.refresh_from_db()


POSTS: Final = Tie(
    "posts", gettext_lazy("Posts that have not left"),
    gettext_lazy("Their words, their time and their approval stay as they are."),
    unfinished, told, WRITE_POSTS.roles, give,
)  # fmt: skip
