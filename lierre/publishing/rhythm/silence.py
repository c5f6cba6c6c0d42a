"""Setting an embargo, lifting it; and what it finds ready to leave is held, and asked about."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.mailing import silence as mailings
from lierre.publishing.models import Delivery, Embargo, Post
from lierre.publishing.notices import tell
from lierre.publishing.signers import authors_of

MOST_SHOWN = 100


def keep_silent(fields: Mapping[str, Any], *, by: Any) -> tuple[Embargo, int]:
    """With how many posts and mailings it holds that were ready."""
    with transaction.atomic():
        embargo = Embargo.objects.create(set_by=by, **fields)
        record("embargo.set", embargo, by=by)
        held = hold(embargo, by=by)
    return embargo, held


def hold(embargo: Embargo, *, by: Any) -> int:
    """What was ready to leave inside is a draft again, its approvals kept; its authors are told. Run twice, nothing more."""
    found = Post.objects.filter(
        state=Post.State.APPROVED, deliveries__state=Delivery.State.WAITING, due_at__lt=embargo.ends_at
    )
    if embargo.starts_at and embargo.starts_at > timezone.now():
        found = found.filter(due_at__gte=embargo.starts_at)
    posts = [post for post in found.distinct().select_related("unit") if embargo.is_about(post)]
    return sum(hold_post(post, embargo, by=by) for post in posts) + mailings.hold(embargo, by=by)


def hold_post(post: Post, embargo: Embargo, *, by: Any) -> bool:
    with transaction.atomic():
        if has_begun(post):
            return bool(ask_about_the_rest(post, embargo))
        take_back(post, "post.held", by=by, why=str(embargo))
        tell(authors_of(post), "held", post, why=str(embargo))
    return True


def has_begun(post: Post) -> bool:
    return post.deliveries.exclude(state__in=["draft", "waiting", "missed", "cancelled"]).exists()


def ask_about_the_rest(post: Post, embargo: Embargo) -> int:
    """Some of it has left: accounts that have said nothing yet wait for a person, at the desk. A thread is finished."""
    why = _("Held: “%(why)s”.") % {"why": embargo}
    rows = list(post.deliveries.waiting().filter(part=0))
    for row in rows:
        if row.mine(Delivery.State.WAITING).update(state=Delivery.State.MISSED, next_at=None, failure=why[:300]):
            record("delivery.missed", row, by="outbox", why=why)
    return len(rows)


def take_back(post: Post, verb: str, *, by: Any, **said: Any) -> None:
    """A draft again: nothing of it leaves. Whoever approved these very words need not approve them again."""
    if has_begun(post):
        raise Refused(_("Some of it has left already: it cannot be a draft again."))
    with transaction.atomic():
        post.move([Post.State.SUBMITTED, Post.State.APPROVED], Post.State.DRAFT, urgent=False)
        post.deliveries.call_back()
        record(verb, post, by=by, **said)


def lift(embargo: Embargo, *, by: Any) -> None:
    with transaction.atomic():
        if not Embargo.objects.filter(pk=embargo.pk, lifted_at=None).update(lifted_at=timezone.now()):
            raise Refused(_("This embargo was lifted already."))
        record("embargo.lifted", embargo, by=by)
    embargo.refresh_from_db()


def kept_quiet(embargo: Embargo) -> list[Post]:
    """Posts planned inside, whatever their state: each is to be moved, or waits for the end."""
    found = Post.objects.living().filter(due_at__lt=embargo.ends_at, due_at__gte=embargo.starts_at or embargo.made_at)
    found = found.exclude(deliveries__state=Delivery.State.CONFIRMED).select_related("unit").order_by("due_at")
    return [post for post in found[: 5 * MOST_SHOWN] if embargo.is_about(post)][:MOST_SHOWN]


def hold_in_force() -> int:
    """What became ready, or late, while an embargo is in force."""
    return sum(hold(embargo, by="outbox") for embargo in Embargo.objects.not_over())
