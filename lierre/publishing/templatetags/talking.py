"""What the house says to itself about a post."""

from typing import Any

from django import template
from django.db.models import OuterRef, Subquery

from lierre.publishing.forms.comment import CommentForm
from lierre.publishing.models import Mention, Post

register = template.Library()


@register.inclusion_tag("publishing/comments.html")
def comments(post: Post) -> dict[str, Any]:
    """One question to the base. `gone`: somebody whom it calls, and who has left since."""
    gone = Mention.objects.filter(comment=OuterRef("pk"), user__is_active=False).order_by("pk").values("user__name")
    every = list(post.comments.select_related("by", "resolved_by").annotate(gone=Subquery(gone[:1])))
    form = CommentForm(initial={"version": post.version}, auto_id="comment-%s")
    return {
        "post": post, "open": [each for each in every if each.is_open],
        "settled": [each for each in every if not each.is_open], "form": form,
    }  # fmt: skip
