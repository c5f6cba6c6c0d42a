"""What a post shows besides its words, as an approval knows it; and what changing it undoes."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from lierre.publishing.models import Attachment, Delivery, Post


def seen_of(post: Post) -> dict[str, Any]:
    """Nothing for a post without media nor link: what was approved before there were any stays approved."""
    media = media_of(post)
    return ({"media": media} if media else {}) | ({"link": link_of(post)} if post.link_url else {})


def attached_to(post: Post) -> list[Attachment]:
    """In their order. A page reads them once; whoever changes them reads them anew each time."""
    rows = post.attachments.all()
    if "attachments" not in getattr(post, "_prefetched_objects_cache", {}):
        rows = rows.select_related("medium", "account").prefetch_related("medium__likenesses")
    return sorted(rows, key=lambda each: (each.part, each.position, each.pk))


def media_of(post: Post) -> list[dict[str, Any]]:
    return [
        {
            "sha256": each.medium.sha256, "title": each.title, "alt": each.alt, "focus": list(each.focus),
            "part": each.part, "account": each.account.name if each.account else None,
        }
        # What was approved before there were subtitles stays approved.
        | ({"captions": each.captions} if each.captions else {})
        for each in attached_to(post)
    ]  # fmt: skip


def link_of(post: Post) -> dict[str, Any]:
    image = post.link_image.sha256 if post.link_image else None
    return {
        "url": post.link_url,
        "title": post.link_title,
        "description": post.link_description,
        "image": image,
    }


def tell(post: Post, alts: Mapping[int, str]) -> None:
    """What each shows, as it was typed. Whoever calls holds the post, and looks at its digest before and after."""
    for pk, alt in alts.items():
        post.attachments.filter(pk=pk).exclude(alt=alt).update(alt=alt)


def thaw(post: Post) -> None:
    """What was prepared with other media is prepared anew; what the network refused may be tried with these."""
    post.deliveries.changeable().update(frozen=None, frozen_hash="")
    for row in post.deliveries.filter(state=Delivery.State.REFUSED):
        mine = Delivery.objects.filter(pk=row.pk, state=Delivery.State.REFUSED)
        mine.update(state=Delivery.State.DRAFT, key=uuid4(), frozen=None, frozen_hash="", failure="")
