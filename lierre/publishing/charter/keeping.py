"""A passage is replaced as a rule proposes, or kept against it: with a reason and a countersignature when it blocks."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.publishing.charter.posts import COMMON, Charter, Shown, charter_of
from lierre.publishing.composing import Draft
from lierre.publishing.models import CharterException, Post
from lierre.publishing.notices import tell
from lierre.publishing.signers import COUNTERSIGN, authors, authors_of, holders, holds_for, speaks_for


def find(post: Post, key: str, charter: Charter | None = None) -> Shown:
    found = (charter or charter_of(post)).named(key)
    if found is None:
        raise Refused(_("This passage has changed meanwhile: read the page again."))
    return found


def replaced(post: Post, draft: Draft, key: str) -> Draft:
    """What was typed, with the words that a rule proposes in place of the passage that it speaks about."""
    shown = find(post, key)
    found = shown.finding
    parts = list(draft.parts if shown.account == COMMON else draft.own.get(shown.account, ()))
    here = parts[found.part] if found.part < len(parts) else None
    if found.replacement is None or here is None or here[found.start : found.end] != found.passage:
        raise Refused(_("This passage has changed meanwhile: read the page again."))
    said = (here[: found.start] + found.replacement + here[found.end :]).strip()
    parts[found.part] = said.replace("  ", " ") if not found.replacement else said
    if shown.account == COMMON:
        return replace(draft, parts=parts)
    return replace(draft, own={**draft.own, shown.account: parts})


def keep(post: Post, key: str, *, by: Any) -> None:
    """It stays as it is. Only what blocks asks for more than that."""
    shown = find(post, key)
    if shown.finding.blocks:
        raise Refused(_("This rule blocks: ask for an exception, with a reason."))
    CharterException.objects.keep(shown.finding.rule, shown.finding.passage, post=post, by=by)


def ask_exception(post: Post, key: str, why: str, *, by: Any) -> CharterException:
    """Somebody else of the communication department or of the direction must countersign it."""
    shown = find(post, key)
    if not why.strip():
        raise Refused(_("Say why this passage should stay."))
    with transaction.atomic():
        rule, passage = shown.finding.rule, shown.finding.passage
        made = CharterException.objects.keep(rule, passage, post=post, by=by, why=why.strip(), asked=True)
        told = [user for user in holders(speaks_for(post), *COUNTERSIGN) if user.pk not in {by.pk, *authors(post)}]
        tell(told, "exception", post, by=str(by), why=why.strip(), passage=passage or rule.name)
    return made


def may_countersign(user: Any, exception: CharterException, *, wrote: bool | None = None) -> bool:
    """Neither whoever asks for it, nor whoever wrote the post (`wrote`: when that is known)."""
    if not isinstance(user, User) or user.pk == exception.by_id:
        return False
    if user.pk in authors(exception.post) if wrote is None else wrote:
        return False
    return holds_for(user, speaks_for(exception.post), *COUNTERSIGN)


def countersign(exception: CharterException, *, by: Any) -> None:
    if not may_countersign(by, exception):
        raise Refused(_("Somebody else of the communication department or of the direction must countersign this."))
    with transaction.atomic():
        exception.countersign(by=by)
        tell(authors_of(exception.post), "exception_given", exception.post, by=str(by))
