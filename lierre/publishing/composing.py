"""Writing a post: what somebody typed becomes its texts, a version is kept, and an approval of other words falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.attached import seen_of, tell, thaw
from lierre.publishing.models import Account, Link, Post, Variant, Version
from lierre.publishing.models.post import title_of
from lierre.publishing.models.version import digest_of
from lierre.publishing.stamping import Overtaken, says_already, stamp_of

# Somebody who goes on writing goes on with the same version.
ONE_SITTING: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Draft:
    """
    What somebody typed. `own`: account → its parts, for those that do not follow. `seen`: the stamp of the page before them.

    `apart`: they have read what somebody else wrote meanwhile, and write over it: it stays among the versions.
    """

    parts: Sequence[str]
    accounts: Sequence[Account]
    own: Mapping[int, Sequence[str]] = field(default_factory=dict)
    due_at: datetime | None = None
    seen: str = ""
    intent: Mapping[str, Any] = field(default_factory=dict)
    alts: Mapping[int, str] = field(default_factory=dict)  # attachment → what it shows
    apart: bool = False


def write(draft: Draft, *, by: Any) -> Post:
    """A new post, not approved."""
    with transaction.atomic():
        post = Post.write(draft.parts, draft.accounts, by=by, due_at=draft.due_at, **draft.intent)
        for variant in post.variants.all():
            if variant.account_id in draft.own:
                Variant.objects.filter(pk=variant.pk).update(own=list(draft.own[variant.account_id]))
        post.lay_out()
        Link.objects.forget_unsaid(post)
        keep_version(post, by=by)
    return post


def change(post: Post, draft: Draft, *, by: Any) -> bool:
    """True when an approval fell: what is read is no longer what was approved."""
    with transaction.atomic():
        # Two people who write at once: the second is told, and loses nothing of what is typed.
        held = Post.objects.select_for_update().get(pk=post.pk)
        if held.state == Post.State.WITHDRAWN:
            raise Refused(_("This post was withdrawn: write another one."))
        if draft.seen and draft.seen != stamp_of(held) and not says_already(held, draft):
            raise Overtaken(held)
        before, kind = digest_of(said_by(held)), held.kind
        keep_accounts(held, draft)
        title = draft.intent.get("title") or title_of(draft.parts)
        fields = {**draft.intent, "title": title, "parts": list(draft.parts), "changed_at": timezone.now()}
        Post.objects.filter(pk=held.pk).update(**fields)
        held.refresh_from_db()
        tell(held, draft.alts)
        held.lay_out()
        Link.objects.forget_unsaid(held)
        # Another kind of post may need other approvals.
        changed = before != digest_of(said_by(held)) or held.kind != kind
        if changed:
            thaw(held)
        fell = held.approval_falls(changed, by=by)
        if draft.due_at and draft.due_at != held.due_at:
            held.reschedule(draft.due_at, by=by)
        keep_version(held, by=by, apart=draft.apart)
    post.refresh_from_db()
    return fell


def take_up(post: Post, number: int, *, by: Any) -> bool:
    """Say again what a former version said: it becomes the latest one. What goes with it, and its time, stay as they are."""
    former = post.versions.filter(number=number).first()
    if former is None:
        raise Refused(_("This version is not known."))
    written = {variant.account.name: variant.account for variant in post.variants.all()}
    own = {
        written[name].pk: parts for name, parts in former.said["own"].items() if parts is not None and name in written
    }
    intent = {"title": post.title, "language": former.said["language"]}
    return change(post, Draft(former.said["parts"], list(written.values()), own, intent=intent), by=by)


def keep_accounts(post: Post, draft: Draft) -> None:
    """Variants as they were chosen. What has left keeps its words, and its account."""
    wanted = {account.pk for account in draft.accounts}
    for variant in post.variants.all():
        if variant.has_left:
            if variant.own is None:
                Variant.objects.filter(pk=variant.pk).update(own=list(variant.parts))
        elif variant.account_id not in wanted:
            variant.rows().delete()
            variant.delete()
        else:
            own = draft.own.get(variant.account_id)
            Variant.objects.filter(pk=variant.pk).update(own=None if own is None else list(own))
        wanted.discard(variant.account_id)
    for pk in wanted:
        own = draft.own.get(pk)
        post.variants.create(account_id=pk, own=None if own is None else list(own))


def said_by(post: Post) -> dict[str, Any]:
    """All that will be read, and where."""
    own = {variant.account.name: variant.own for variant in post.variants.all()}
    # What was signed before short links existed was signed without this word.
    links = {"links": True} if post.counts_links else {}
    return {"parts": list(post.parts), "language": post.language, "own": own} | links | seen_of(post)


def keep_version(post: Post, *, by: Any, apart: bool = False) -> Version:
    """A new one when somebody else writes, or after a while; nothing when nothing has changed. `apart`: a new one in any case."""
    said, last = said_by(post), post.versions.latest_first().first()
    digest = digest_of(said)
    if last is not None and last.digest == digest:
        return last
    author = by if isinstance(by, User) else None
    if last is not None and not apart and is_same_sitting(post, last, author) and not forgets(said, last.said):
        Version.objects.filter(pk=last.pk).update(said=said, digest=digest)
        return last
    number = 1 if last is None else last.number + 1
    made = Version.objects.create(post=post, number=number, said=said, digest=digest, by=author, by_name=str(by)[:200])
    Post.objects.filter(pk=post.pk).update(version=number)
    post.version = number
    if last is not None:
        record("post.changed", post, by=by, version=number)
    return made


def forgets(said: dict[str, Any], former: dict[str, Any]) -> bool:
    """An account had words of its own and has none any more: they stay among the versions."""
    return any(parts is not None and said["own"].get(name) is None for name, parts in former["own"].items())


def is_same_sitting(post: Post, last: Version, author: Any) -> bool:
    mine = author is not None and last.by_id == author.pk
    return mine and post.state == Post.State.DRAFT and last.at > timezone.now() - ONE_SITTING
