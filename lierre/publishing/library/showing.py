"""What a post shows on one account: its media made for that network, its link with its card, and what forbids it.

What is said here before approval is what leaves: both are made by the same functions.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.library import variants
from lierre.publishing.library.film_copies import Fit, fit, notes, wait_for
from lierre.publishing.library.pictures import Wanted
from lierre.publishing.models import Account, Attachment, Link, Medium, Post
from lierre.publishing.models.voice import Voice

# The longest side that networks show; what is larger costs their readers and shows them nothing more.
EDGE: Final = 2048
CARD: Final = Wanted(edge=1200, weight=950_000, types=("image/jpeg",), shape=(1.91, 1.91))
# Places that cut images by themselves when they are narrower or wider: better cut around what matters.
SHAPES: Final = {"instagram": (0.8, 1.91), "pinterest": (0.5, 1.0)}


class NotToBeShown(net.Invalid):
    """Ours to refuse, before any network is called: rights are over, or somebody has not consented."""

    @property
    def sentence(self) -> str:
        return self.said


def attachments(post: Post, account: Account, part: int) -> list[Attachment]:
    """In their order: those of this account when it has some of its own, else the common ones."""
    prefetch_related_objects([post], "attachments__medium__likenesses")
    every = list(post.attachments.all())
    own = [each for each in every if each.account_id == account.pk]
    chosen = own or [each for each in every if each.account_id is None]
    return sorted((each for each in chosen if each.part == part), key=lambda each: (each.position, each.pk))


def media(post: Post, account: Account, part: int, limits: net.Limits) -> tuple[net.Media, ...]:
    return tuple(made(each, account, limits) for each in attachments(post, account, part))


def made(each: Attachment, account: Voice, limits: net.Limits) -> net.Media:
    """For the network of this account. One that cannot be made is missing: the original, with what it hides, never leaves."""
    medium, coming = each.medium, False
    try:
        if medium.is_film:
            film = fit(medium, limits)
            found, coming = film.made, film.is_coming or bool(film.impossible)
        else:
            found = fitting(medium, account, limits, each.focus)
    except (Refused, OSError):
        found = variants.Made(variants.folder(medium) / "missing", medium.type, medium.width, medium.height)
    focus = (
        (each.focus_x / 50 - 1, 1 - each.focus_y / 50) if medium.is_image and each.focus != variants.CENTRE else None
    )
    return net.Media(
        found.path, found.type, each.alt, each.title, found.width, found.height, focus, medium.seconds, medium.pages,
        tuple(sorted(each.captions.items())), coming,
    )  # fmt: skip


def fitting(medium: Medium, account: Voice, limits: net.Limits, focus: tuple[int, int]) -> variants.Made:
    if not medium.is_image:
        return variants.cleaned(medium)
    return variants.image(medium, wanted(account, limits), focus)


def wanted(account: Voice, limits: net.Limits) -> Wanted:
    types = tuple(kind for kind in ("image/jpeg", "image/png") if not limits.types or kind in limits.types)
    return Wanted(EDGE, limits.image_pixels, limits.image_bytes, types, SHAPES.get(account.network))


def link(post: Post, account: Account) -> net.Link | None:
    if not post.link_url:
        return None
    image = None
    if post.link_image is not None and post.link_image.is_image:
        chosen = post.link_image
        # A card without its image is worth more than an original with what it hides.
        with suppress(Refused, OSError):
            found = variants.image(chosen, CARD, (chosen.focus_x, chosen.focus_y))
            image = net.Media(found.path, found.type, "", chosen.title, found.width, found.height)
    return net.Link(Link.objects.card_address(post, account), post.link_title, post.link_description, image)


def day_of(post: Post) -> date:
    """When it will be seen: never before today."""
    today = timezone.localdate()
    return max(timezone.localdate(post.due_at), today) if post.due_at else today


def shown(post: Post, account: Account, part: int) -> Iterable[Medium]:
    yield from (each.medium for each in attachments(post, account, part))
    if post.link_url and not part and post.link_image is not None:
        yield post.link_image


def forbidden(post: Post, account: Account, part: int, day: date | None = None) -> list[str]:
    """Why it may not leave as it is: rights that end before, persons who have not consented."""
    on = day or day_of(post)
    return [sentence for medium in shown(post, account, part) for sentence in medium.why_not(on)]


def undescribed(post: Post, account: Account, part: int) -> list[Attachment]:
    """Images of which nobody who does not see them is told anything."""
    return [each for each in attachments(post, account, part) if each.medium.is_image and not each.alt.strip()]


def remarks(
    post: Post, account: Account, part: int, limits: net.Limits
) -> tuple[tuple[net.Remark, ...], tuple[net.Remark, ...]]:
    """(what forbids, what is to be known), to be read with what the network says."""
    no = tuple(net.Remark("media", "rights", sentence) for sentence in forbidden(post, account, part))
    films_of = films(post, account, part, limits)
    no += tuple(net.Remark("media", "film", each.impossible) for each in films_of if each.impossible)
    told = _("Whoever does not see “%(medium)s” is told nothing of it: say what it shows.")
    bare = tuple(
        net.Remark("media", "no_alt", told % {"medium": each.medium}) for each in undescribed(post, account, part)
    )
    return no, bare


def films(post: Post, account: Account, part: int, limits: net.Limits) -> list[Fit]:
    """Those that will not leave as they are, each with what will be sent in its place."""
    return list(notes([each.medium for each in attachments(post, account, part)], limits))


def seen(post: Post, account: Account, part: int, limits: net.Limits) -> dict[str, Any]:
    """What a message shows besides its words. The link stands on the first one."""
    return {"media": media(post, account, part, limits), "link": None if part else link(post, account)}


def with_remarks(found: net.Measure, post: Post, account: Account, part: int, limits: net.Limits) -> net.Measure:
    no, bare = remarks(post, account, part, limits)
    return net.Measure(found.counts, (*found.refused, *no), (*found.lost, *bare))


def there(shown: net.Media) -> net.Media:
    """It is refused, rather than tried again and again while the others wait."""
    if not shown.path.is_file():
        raise NotToBeShown("missing", _("This file is no longer here: %(name)s.") % {"name": shown.title}, "media")
    return shown


def checked(post: Post, account: Account, part: int, limits: net.Limits) -> None:
    """At the very moment it leaves, whatever was true when it was approved. A film that is not made yet is waited for."""
    why = forbidden(post, account, part, timezone.localdate())
    if why:
        raise NotToBeShown("rights", " ".join(why), "media")
    for each in attachments(post, account, part):
        wait_for(each.medium, limits)
        there(made(each, account, limits))
