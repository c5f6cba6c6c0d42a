"""What the house says to itself about a post, or a mailing."""

from typing import Any

from django import template
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from lierre.publishing.forms.comment import CommentForm
from lierre.publishing.models import Mailing, Mention
from lierre.publishing.spoken import Spoken

register = template.Library()


@register.inclusion_tag("publishing/comments.html")
def comments(post: Spoken) -> dict[str, Any]:
    """One question to the base. `gone`: somebody whom it calls, and who has left since."""
    gone = Mention.objects.filter(comment=OuterRef("pk"), user__is_active=False).order_by("pk").values("user__name")
    every = list(post.comments.select_related("by", "resolved_by").annotate(gone=Subquery(gone[:1])))
    is_letter = isinstance(post, Mailing)
    form = CommentForm(initial={"version": 1 if is_letter else post.version}, auto_id="comment-%s")
    name = "publishing:comment_on_mailing" if is_letter else "publishing:comment"
    return {
        "post": post, "is_letter": is_letter, "address": reverse(name, args=[post.pk]),
        "open": [each for each in every if each.is_open],
        "settled": [each for each in every if not each.is_open], "form": form,
    }  # fmt: skip
