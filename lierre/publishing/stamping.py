"""Names what a page showed, so that nobody writes over what they have not read: two windows of one person are two writers."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from hashlib import sha256
from typing import Any, Final, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.attached import attached_to
from lierre.publishing.models import Account, Post

# What may be typed on the page of a post, besides its words, its accounts, its time and what its images show.
TYPED: Final = (
    "title", "kind", "objective", "audience", "campaign", "deadline", "language", "counts_links", "unit_id",
    "link_url", "link_title", "link_description",
)  # fmt: skip
WRITTEN: Final = ("post.written", "post.changed", "post.moved")


class Typed(Protocol):
    """The words of a draft, and where they go."""

    @property
    def parts(self) -> Sequence[str]: ...
    @property
    def accounts(self) -> Sequence[Account]: ...
    @property
    def own(self) -> Mapping[int, Sequence[str]]: ...


class Overtaken(Refused):
    """Somebody wrote meanwhile, perhaps the same person in another window."""

    def __init__(self, post: Post) -> None:
        last = Entry.objects.about(post).filter(verb__in=WRITTEN).order_by("-pk").first()
        said = _("%(name)s changed this post at %(time)s, while it was open here. Nothing that you typed is lost.")
        when = date_format(timezone.localtime(post.changed_at), "TIME_FORMAT")
        super().__init__(said % {"name": last.by_name if last and last.by_name else "–", "time": when})


def stamp_of(post: Post) -> str:
    """Of all that its page lets one type, as it now stands."""
    shown: dict[str, Any] = {name: str(getattr(post, name)) for name in TYPED}
    shown |= {"parts": post.parts, "own": own_of(post), "alts": {each.pk: each.alt for each in attached_to(post)}}
    shown["due_at"] = post.due_at.astimezone(UTC).isoformat() if post.due_at else ""
    return sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def says_already(post: Post, typed: Typed) -> bool:
    """It was kept, and the answer was lost on its way: what is sent again says the same."""
    wanted = {each.pk: typed.own.get(each.pk) for each in typed.accounts}
    same = {account: None if parts is None else list(parts) for account, parts in wanted.items()}
    return list(post.parts) == list(typed.parts) and own_of(post) == same


def own_of(post: Post) -> dict[int, list[str] | None]:
    return {each.account_id: each.own for each in post.variants.all()}
