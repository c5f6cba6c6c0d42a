"""A post as the composer opens it: in one question, with whatever the next ones would find empty already known to be so."""

from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.shortcuts import get_object_or_404

from lierre.accounts.models import User
from lierre.publishing.models import Attachment, CharterException, Comment, Post, Signature, Step, Version
from lierre.publishing.rhythm.warnings import letter_near

# Most posts have none of most of these.
RARE: Final[dict[str, type[Model]]] = {
    "attachments": Attachment, "comments": Comment, "exceptions": CharterException, "signatures": Signature,
}  # fmt: skip


def composed(post_id: int, user: Any) -> Post:
    """404 when there is none. `wrote`: whether this user wrote something of it."""
    here = OuterRef("pk")
    rows = Post.objects.select_related("owner", "unit", "place", "occurrence__series", "link_image")
    author = user.pk if isinstance(user, User) else None
    has: dict[str, Any] = {
        f"has_{name}": Exists(model._default_manager.filter(post=here)) for name, model in RARE.items()
    }
    steps = Step.objects.filter(account__variants__post=here)
    near = Subquery(letter_near(OuterRef("due_at"))[:1])
    mine = Exists(Version.objects.filter(post=here, by=author))
    rows = rows.annotate(asks=Exists(steps), mine=mine, letter_near=near, **has)
    post = get_object_or_404(rows.prefetch_related("variants"), pk=post_id)
    known: dict[str, Any] = post._prefetched_objects_cache  # type: ignore[attr-defined]
    for name, model in RARE.items():
        if not getattr(post, f"has_{name}"):
            known[name] = model._default_manager.none()
    if "attachments" not in known:
        rows_of = Attachment.objects.select_related("medium", "account").prefetch_related("medium__likenesses")
        prefetch_related_objects([post], Prefetch("attachments", rows_of))
    post.wrote = bool(post.mine) or (author is not None and post.owner_id == author)  # type: ignore[attr-defined]
    return post
