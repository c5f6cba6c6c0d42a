"""What somebody outside sees of a post besides its words: its media and its card, as they leave; nothing else of the library."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from lierre.foundation.errors import Refused
from lierre.publishing.attached import attached_to
from lierre.publishing.library import variants
from lierre.publishing.library.films import Lies
from lierre.publishing.library.posters import poster
from lierre.publishing.library.showing import EDGE, attachments, link, made
from lierre.publishing.models import Attachment, Post, Variant
from lierre.publishing.outbox.speaking import limits_of

FAILS: Final = (Refused, OSError, Lies)


@dataclass(frozen=True, slots=True)
class Shown:
    """`picture`: what is seen on the page, None when nothing can be drawn. `part`: which message of a thread, else 0."""

    each: Attachment
    picture: variants.Made | None
    part: int = 0

    @property
    def is_taken(self) -> bool:
        """A film, a document: whoever reads takes it to look at it."""
        return not self.each.medium.is_image and self.each.medium.path.is_file()

    @property
    def is_missing(self) -> bool:
        return self.picture is None and not self.is_taken


@dataclass(frozen=True, slots=True)
class Place:
    """What is said and shown on one account; `variant` None: no account is chosen yet."""

    variant: Variant | None
    parts: list[str]
    media: list[Shown]
    card: variants.Made | None = None

    @property
    def number(self) -> int:
        """How an address names the place."""
        return self.variant.account_id if self.variant else 0


def places(post: Post) -> list[Place]:
    return [place(post, variant) for variant in post.variants.all()] or [place(post, None)]


def place(post: Post, variant: Variant | None) -> Place:
    parts = variant.parts if variant else list(post.parts)
    is_thread = len(parts) > 1
    media = [Shown(each, picture(each, variant), each.part + 1 if is_thread else 0) for each in chosen(post, variant)]
    return Place(variant, parts, media, card(post, variant) if variant and not media else None)


def chosen(post: Post, variant: Variant | None) -> list[Attachment]:
    """Those of this post on this account, and no other: what an address may name."""
    if variant is None:
        return [each for each in attached_to(post) if each.account_id is None]
    return [each for part in range(len(variant.parts)) for each in attachments(post, variant.account, part)]


def picture(each: Attachment, variant: Variant | None) -> variants.Made | None:
    medium = each.medium
    if medium.is_image:
        return file_of(each, variant)
    drawn = poster(medium) if medium.is_film else None
    return variants.Made(drawn, "image/jpeg", medium.width, medium.height) if drawn else None


def file_of(each: Attachment, variant: Variant | None) -> variants.Made | None:
    """What leaves for this account. While the copy of a film is being made, the film itself; never with what it hides."""
    with suppress(*FAILS):
        if variant is not None:
            found = made(each, variant.account, limits_of(variant.account))
            if found.path.is_file():
                return variants.Made(found.path, found.type, found.width, found.height)
    with suppress(*FAILS):
        return variants.thumbnail(each.medium, EDGE) if each.medium.is_image else variants.cleaned(each.medium)
    return None


def card(post: Post, variant: Variant) -> variants.Made | None:
    """The image of the card of its link."""
    found: Any = link(post, variant.account)
    image = found.image if found else None
    return variants.Made(image.path, image.type, image.width, image.height) if image else None


def asked(post: Post, account_id: int, name: str, number: int) -> tuple[variants.Made, str] | None:
    """The file that an address names, with its title; None when this post shows none such."""
    variant = next((each for each in post.variants.all() if each.account_id == account_id), None)
    if variant is None and (account_id or post.variants.exists()):
        return None
    if name == "carte":
        found = card(post, variant) if variant and not number else None
        return (found, post.link_title) if found else None
    each = next((each for each in chosen(post, variant) if each.pk == number), None)
    if each is None or name not in GIVEN:
        return None
    found = GIVEN[name](each, variant)
    return (found, each.title or each.medium.title) if found else None


GIVEN: Final = {"vu": picture, "fichier": file_of}
