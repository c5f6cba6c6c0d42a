"""What people answered to a post, on its page."""

from typing import Any, Final

from django import template

from lierre.publishing.hearing.listing import seen_by
from lierre.publishing.models import Post

register = template.Library()
MOST: Final = 20


@register.inclusion_tag("publishing/answers_of_post.html", takes_context=True)
def answers_of_post(context: template.Context, post: Post) -> dict[str, Any]:
    """The latest first."""
    return {"answers": list(seen_by(context["user"]).filter(delivery__post=post).order_by("-at")[:MOST])}
