"""A post takes the card of the page it leads to: the page is read first, then everything is written at once."""

from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from lierre.connectors.network.servers import is_of_this_machine
from lierre.connectors.network.text import addresses
from lierre.foundation.errors import Refused
from lierre.publishing.cards.fetching import card_at, image_at
from lierre.publishing.cards.reading import Card
from lierre.publishing.library.attaching import changing
from lierre.publishing.library.storing import bring
from lierre.publishing.links.targets import checked, is_ours
from lierre.publishing.models import Medium, Post

A_DAY: Final = 86_400


def address_of(post: Post) -> str:
    """The one that was given, else the first of the text."""
    written = (each.text for part in post.parts[:1] for each in addresses(part) if not is_ours(each.text))
    return post.link_url or next(written, "")


def fill(post: Post, *, by: Any) -> bool:
    """The title and the description of the page; its image, when none was chosen. True when an approval fell. Refuses."""
    if not (given := address_of(post)):
        raise Refused(_("Give the address of the page first."))
    is_ours_to_try = settings.ALLOW_LOOPBACK and is_of_this_machine(given)
    address = given if is_ours_to_try else checked(given)
    card = card_at(address)
    image = None if post.link_image_id else picture(card, address, by=by)

    def act(held: Post) -> None:
        fields: dict[str, Any] = {
            "link_url": address, "link_title": card.title, "link_description": card.description,
        }  # fmt: skip
        if image is not None and held.link_image_id is None:
            fields["link_image"] = image
        Post.objects.filter(pk=held.pk).update(**fields)
        held.refresh_from_db()

    return changing(post, act, "post.card_read", by=by, address=address)


def picture(card: Card, address: str, *, by: Any) -> Medium | None:
    """In the library, with where it comes from. A card without its image is worth more than none."""
    if not card.image:
        return None
    name = unquote(PurePosixPath(urlsplit(card.image).path).name)[-100:] or "image"
    try:
        credit = urlsplit(address).hostname or ""
        medium, _is_new = bring(name, BytesIO(image_at(card.image)), by=by, credit=credit, title=card.title[:150])
    except Refused:
        return None
    return medium if medium.is_image and medium.archived_at is None else None


def first_time(post: Post, *, by: Any) -> str:
    """
    When a link is given and nothing is said of it: its page is read, once. The sentence that says why it could not be; "" when
    all is well. Whoever empties the card afterwards keeps it empty.
    """
    if not post.link_url or post.link_title or post.link_description or post.state != Post.State.DRAFT:
        return ""
    mark = sha256(post.link_url.encode()).hexdigest()[:32]
    if not cache.add(f"publishing.card.{post.pk}.{mark}", 1, A_DAY):
        return ""
    try:
        fill(post, by=by)
    except Refused as refusal:
        return str(refusal)
    return ""
