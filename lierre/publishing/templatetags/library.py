"""Media as the pages of the domain draw them: a small picture, what is to be looked at, those of a post."""

from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.errors import Refused
from lierre.foundation.templatetags.house import icon
from lierre.foundation.weights import weighed
from lierre.publishing.attached import attached_to
from lierre.publishing.library.film_copies import Fit
from lierre.publishing.library.posters import poster
from lierre.publishing.library.showing import attachments, films, forbidden
from lierre.publishing.measures import Measured
from lierre.publishing.models import Attachment, Delivery, Medium, Post

register = template.Library()
SHAPES: Final = {"image": "image", "video": "film", "document": "file-text"}


@register.simple_tag
def medium_picture(medium: Medium, edge: str = "petit", alt: str = "") -> SafeString:
    """Where there is no picture (a document, a film that was not drawn) a drawing and a word stand for it."""
    if not medium.is_image and not (medium.is_film and poster(medium)):
        return format_html(
            '<span class="no-picture">{} {}</span>', icon(SHAPES[medium.kind]), medium.get_kind_display()
        )
    address = reverse("publishing:medium_shown", args=[medium.pk, edge])
    shape = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">'
    return format_html(shape, address, alt, medium.width or 1, medium.height or 1)


@register.filter
def measured_as(medium: Medium) -> str:
    """How large it is, in the unit of its kind."""
    said = []
    if medium.width:
        said.append(f"{medium.width} × {medium.height}")
    if medium.seconds:
        long = {"minutes": medium.seconds // 60, "seconds": medium.seconds % 60}
        said.append(_("%(minutes)d min %(seconds)02d s") % long if long["minutes"] else _("%(seconds)d s") % long)
    if medium.pages:
        said.append(ngettext("%(count)d page", "%(count)d pages", medium.pages) % {"count": medium.pages})
    return ", ".join([*said, weighed(medium.size)])


@register.inclusion_tag("publishing/library_composer.html")
def post_media(post: Post, form: Any, may_write: bool, has_left: bool) -> dict[str, Any]:
    """The media and the link of a post, in the composer."""
    every = attached_to(post)
    rows = [(each, form[f"alt-{each.pk}"] if f"alt-{each.pk}" in form.fields else None) for each in every]
    return {
        "post": post,
        "form": form,
        "rows": rows,
        "may_write": may_write and not has_left,
        "is_thread": len(post.parts) > 1,
    }


@register.inclusion_tag("publishing/library_shown.html")
def shown_media(each: Measured) -> dict[str, Any]:
    """What is seen below the words, on one account."""
    post = each.variant.post
    found: list[Attachment] = []
    for part in range(len(each.variant.parts)):
        found += attachments(post, each.variant.account, part)
    return {
        "attachments": found,
        "post": post,
        "has_card": bool(post.link_url) and not found,
        "films": [] if each.has_left else films_of(each),
    }


def films_of(each: Measured) -> list[Fit]:
    """Those that will not leave as they are. What is refused is said with what the network refuses."""
    account, parts = each.variant.account, range(len(each.variant.parts))
    try:
        found = [film for part in parts for film in films(each.variant.post, account, part, each.limits)]
    except Refused:
        return []
    return [film for film in found if film.sentence]


@register.inclusion_tag("publishing/library_to_publish.html")
def files_to_publish(delivery: Delivery) -> dict[str, Any]:
    """What somebody who publishes by hand takes along."""
    post, account, part = delivery.post, delivery.account, delivery.part
    why = forbidden(post, account, part, timezone.localdate())
    return {"delivery": delivery, "attachments": () if why else attachments(post, account, part), "why": why}
