"""The visual that an ambassador shows with their own text: made for the network, described, as long as it may be shown."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.connectors import network as net
from lierre.publishing.library.film_copies import wait_for
from lierre.publishing.library.showing import NotToBeShown, made, there
from lierre.publishing.models import Attachment, Medium, OwnDelivery, OwnText

# Without the name of whoever is shown: it is not told to everybody who could have shown them.
NO_MORE: Final = _(
    "This visual may no longer be shown: its rights have ended, or somebody who is seen on it has not agreed."
)


def may_be_shown(medium: Medium) -> bool:
    return not medium.why_not(timezone.localdate())


def attachment(own: OwnText) -> Attachment | None:
    """As if it were attached to a post: never written down."""
    medium = own.medium
    if medium is None:
        return None
    alt = medium.told_in(own.language)
    return Attachment(medium=medium, title=medium.title, alt=alt, focus_x=medium.focus_x, focus_y=medium.focus_y)


def seen(delivery: OwnDelivery, limits: net.Limits) -> dict[str, Any]:
    """With the first message. Refuses, at the moment it leaves, what may no longer be shown."""
    shown = attachment(delivery.post) if not delivery.part else None
    if shown is None:
        return {}
    if not may_be_shown(shown.medium):
        raise NotToBeShown("rights", str(NO_MORE), "media")
    wait_for(shown.medium, limits)
    return {"media": (there(made(shown, delivery.account, limits)),)}
