"""The calendar as a table: one line for each post, with the columns that an import recognises."""

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.publishing.planning import Filter, posts_between

HEADER: Final = (
    _("Date"), _("Hour"), _("Text"), _("Accounts"), _("Title"), _("Campaign"), _("Kind"), _("State"), _("Unit"), _("Written by"),
)  # fmt: skip


def rows(first: date, last: date, asked: Filter, zone: tzinfo) -> Iterator[list[Any]]:
    found = posts_between(first, last, asked).select_related("owner", "unit").prefetch_related("variants")
    for post in found:
        at = post.due_at.astimezone(zone)
        names = ", ".join(sorted(variant.account.name for variant in post.variants.all()))
        yield [
            f"{at:%Y-%m-%d}", f"{at:%H:%M}", post.text, names, post.title, post.campaign, post.get_kind_display(),
            post.get_state_display(), str(post.unit or ""), str(post.owner or ""),
        ]  # fmt: skip
