"""Where a medium is shown: in posts, on cards of links, to ambassadors; and which of them have not left yet."""

from typing import Final

from django.db.models import QuerySet

from lierre.publishing.models import Delivery, Material, Medium, OwnText, Post
from lierre.publishing.models.medium import MediumQuerySet

LEAVING: Final = [*Delivery.CHANGEABLE, Delivery.State.CLAIMED]


def unused(media: MediumQuerySet) -> MediumQuerySet:
    """Those that nothing shows."""
    given = Material.visuals.through._default_manager.values("medium")
    own = OwnText.objects.exclude(medium=None).values("medium")
    return media.filter(attachments=None, cards=None).exclude(pk__in=given).exclude(pk__in=own)


def posts_with(medium: Medium) -> QuerySet[Post]:
    """Among their media, or on the card of their link."""
    found = Post.objects.filter(attachments__medium=medium) | Post.objects.filter(link_image=medium)
    return found.distinct()


def still_to_leave(medium: Medium) -> int:
    """How many posts would be refused if it were put aside today."""
    kept = posts_with(medium).exclude(state=Post.State.WITHDRAWN)
    return kept.filter(deliveries__state__in=LEAVING).distinct().count()


def topics_with(medium: Medium) -> QuerySet[Material]:
    """Of ambassadors."""
    return Material.objects.filter(visuals=medium)
