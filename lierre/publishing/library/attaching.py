"""Media of a post: attached, put in order, taken off. Other media than those that were approved must be approved again."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.attached import thaw
from lierre.publishing.composing import keep_version, said_by
from lierre.publishing.models import Account, Attachment, Medium, Post
from lierre.publishing.models.version import digest_of

MOST: Final = 40


def changing(post: Post, act: Callable[[Post], Any], verb: str, *, by: Any, **noted: Any) -> bool:
    """True when an approval fell."""
    with transaction.atomic():
        held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        still(held)
        before = digest_of(said_by(held))
        act(held)
        fell = False
        if before != digest_of(said_by(held)):
            thaw(held)
            fell = held.approval_falls(True, by=by)
            record(verb, held, by=by, **noted)
            keep_version(held, by=by)
    post.refresh_from_db()
    return fell


def still(post: Post) -> None:
    """It may still be shown otherwise."""
    if post.state == Post.State.WITHDRAWN:
        raise Refused(_("This post was withdrawn: write another one."))
    if any(variant.has_left for variant in post.variants.all()):
        raise Refused(_("Some of it has left already: its media stay as they are."))


def attach(
    post: Post, media: Iterable[Medium], *, by: Any, part: int = 0, account: Account | None = None,
    alts: Mapping[int, str] | None = None,
) -> bool:  # fmt: skip
    """At the end of those that stand there. Each brings its description in the language of the post, when it has one."""
    chosen = list(media)

    def act(held: Post) -> None:
        there = held.attachments.filter(part=part, account=account)
        position = max(there.values_list("position", flat=True), default=-1)
        known = set(there.values_list("medium_id", flat=True))
        for medium in chosen:
            if medium.archived_at is not None:
                raise Refused(_("“%(medium)s” is in the archive: it is not shown any more.") % {"medium": medium})
            if medium.pk not in known:
                known.add(medium.pk)
                position += 1
                alt = (alts or {}).get(medium.pk) or medium.told_in(held.language)
                place = {"part": part, "account": account, "position": position}
                held.attachments.create(medium=medium, alt=alt, **snapshot(medium), **place)
        if held.attachments.count() > MOST:
            raise Refused(_("A post shows %(most)s media at most.") % {"most": MOST})

    return changing(post, act, "post.media_attached", by=by, media=[each.pk for each in chosen])


def snapshot(medium: Medium) -> dict[str, Any]:
    """What is said of it just now: what is said of it later in the library changes no post."""
    known = {"title": medium.title, "focus_x": medium.focus_x, "focus_y": medium.focus_y}
    return known | {"captions": medium.captions}


def detach(post: Post, attachment_id: int, *, by: Any) -> bool:
    return changing(post, lambda held: held.attachments.filter(pk=attachment_id).delete(), "post.media_removed", by=by)


def shift(post: Post, attachment_id: int, steps: int, *, by: Any) -> bool:
    """One place earlier (-1) or later (1), among those that stand together."""

    def act(held: Post) -> None:
        moved = held.attachments.filter(pk=attachment_id).first()
        if moved is None:
            return
        row = list(held.attachments.filter(part=moved.part, account=moved.account).in_order())
        place = next(place for place, each in enumerate(row) if each.pk == moved.pk)
        row.insert(min(max(place + steps, 0), len(row) - 1), row.pop(place))
        for position, each in enumerate(row):
            Attachment.objects.filter(pk=each.pk).update(position=position)

    return changing(post, act, "post.media_ordered", by=by)


def give_card(post: Post, medium: Medium | None, *, by: Any) -> bool:
    """The image of the card of the link; None: no image."""
    if medium is not None and not medium.is_image:
        raise Refused(_("The card of a link shows an image: choose one."))

    def act(held: Post) -> None:
        Post.objects.filter(pk=held.pk).update(link_image=medium)
        held.refresh_from_db()

    return changing(post, act, "post.card_changed", by=by)
