"""The calendar as a table: one line for each post and each letter, with the columns that an import recognises."""

from collections.abc import Iterator
from datetime import date, tzinfo
from heapq import merge
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.publishing.mailing.planning import LETTER
from lierre.publishing.models import Mailing
from lierre.publishing.planning import Filter, letters_between, posts_between
from lierre.publishing.spoken import Spoken

HEADER: Final = (
    _("Date"), _("Hour"), _("Text"), _("Accounts"), _("Title"), _("Campaign"), _("Kind"), _("State"), _("Unit"), _("Written by"),
)  # fmt: skip


def rows(first: date, last: date, asked: Filter, zone: tzinfo) -> Iterator[list[Any]]:
    """In the order of their hours, as the calendar shows them with the same filters."""
    posts = posts_between(first, last, asked).select_related("owner", "unit").prefetch_related("variants__account")
    letters = letters_between(first, last, asked).select_related("owner", "unit")
    for said in merge(posts, letters, key=lambda each: each.due_at):
        at = said.due_at.astimezone(zone)
        yield [
            f"{at:%Y-%m-%d}", f"{at:%H:%M}", text_of(said), names_of(said), said.title, said.campaign, said.get_kind_display(),
            said.get_state_display(), str(said.unit or ""), str(said.owner or ""),
        ]  # fmt: skip


def text_of(said: Spoken) -> str:
    return said.words if isinstance(said, Mailing) else said.text


def names_of(said: Spoken) -> str:
    """A letter is no account: brought back, its line is refused, and it stays as it is."""
    if isinstance(said, Mailing):
        return LETTER
    return ", ".join(sorted(variant.account.name for variant in said.variants.all()))
