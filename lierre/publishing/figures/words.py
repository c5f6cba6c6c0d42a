"""What figures are called, and what each of them counts."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: Final[dict[str, str | Promise]] = {
    "impressions": _("Times seen"), "reach": _("Persons reached"), "clicks": _("Clicks there"), "likes": _("Reactions"),
    "reposts": _("Shares"), "answers": _("Answers"), "quotes": _("Quotations"), "followers": _("Followers"),
}  # fmt: skip
DEFINITIONS: Final[dict[str, str | Promise]] = {
    "impressions": _("How often it was shown, as this network counts; the same person may be counted several times."),
    "reach": _("How many different persons saw it; two days, or two posts, are never added up."),
    "clicks": _("Clicks anywhere on the post, as this network counts: not only on its links."),
    "likes": _("Likes and other reactions; a network may take some back."),
    "reposts": _("How often somebody passed it on."),
    "answers": _("Answers and comments, ours included."),
    "quotes": _("How often somebody passed it on with words of their own."),
    "followers": _("How many accounts follow this one on that day."),
}  # fmt: skip
