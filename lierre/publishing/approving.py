"""Approval that blocks: who must still say yes, to which words; nobody says yes to what they wrote themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.composing import said_by
from lierre.publishing.models import Absence, Post, Signature, Step
from lierre.publishing.models.version import digest_of
from lierre.publishing.notices import tell

# Who may countersign what is urgent, whatever the steps say.
COUNTERSIGN: Final = ("communication", "direction")
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Needed:
    """One yes that is asked for. `key` names the role or the person; `accounts`: for which it is asked."""

    position: int
    key: str
    label: str
    person: User | None = None
    role: str = ""
    signature: Signature | None = None


def needed(post: Post) -> list[Needed]:
    """In their order, each with its signature when these very words have it."""
    signed = {
        (each.position, each.needed): each for each in post.signatures.of(digest(post)).select_related("by", "stead")
    }
    if post.urgent:
        found = [Needed(1, "countersign", _("Countersignature"))]
    else:
        steps = Step.objects.filter(account__variants__post=post, kind__in=["", post.kind]).select_related("person")
        found = once(steps)
    return [
        Needed(each.position, each.key, each.label, each.person, each.role, signed.get((each.position, each.key)))
        for each in found
    ]


def once(steps: Iterable[Step]) -> list[Needed]:
    """Two accounts that ask the same person ask once."""
    found: dict[tuple[int, str], Needed] = {}
    for step in steps:
        key = f"person:{step.person_id}" if step.person_id else f"role:{step.role}"
        found.setdefault((step.position, key), Needed(step.position, key, str(step), step.person, step.role))
    return [found[place] for place in sorted(found)]


def digest(post: Post) -> str:
    return digest_of(said_by(post))


def open_step(every: list[Needed]) -> list[Needed]:
    """What is asked for now: the lowest step that is not complete."""
    missing = [each for each in every if each.signature is None]
    lowest = min((each.position for each in missing), default=0)
    return [each for each in missing if each.position == lowest]


def authors(post: Post) -> set[int]:
    """Whoever wrote what is read: none of them may approve it."""
    last = post.versions.latest_first().first()
    return {pk for pk in (post.owner_id, last.by_id if last else None) if pk}


def answers_for(user: User, each: Needed, post: Post) -> tuple[bool, User | None]:
    """Whether this user may say this yes, and in whose stead."""
    if user.pk in authors(post):
        return False, None
    if each.key == "countersign":
        return user.holds(*COUNTERSIGN), None
    if each.person is None:
        return user.holds(each.role, unit=post.unit), None
    if each.person.pk == user.pk:
        return True, None
    away = Absence.objects.on(timezone.localdate()).filter(who=each.person, deputy=user)
    return (True, each.person) if away.exists() else (False, None)


def may_sign(user: Any, post: Post, every: list[Needed] | None = None) -> list[Needed]:
    """The yes that this user may say now."""
    if not isinstance(user, User) or post.state != Post.State.SUBMITTED:
        return []
    return [each for each in open_step(every or needed(post)) if answers_for(user, each, post)[0]]


def submit(post: Post, *, by: Any, urgent: bool = False) -> None:
    """Ask for approval. `urgent`: one countersignature, at once, in place of the steps."""
    if not post.needs_approval and not urgent:
        raise Refused(_("No account asks for an approval here: plan it."))
    if not post.variants.exists():
        raise Refused(_("Choose at least one account: there is nowhere to send this."))
    with transaction.atomic():
        post.move([Post.State.DRAFT], Post.State.SUBMITTED, urgent=urgent, due_at=post.due_at or timezone.now() + DAY)
        record("post.urgent" if urgent else "post.submitted", post, by=by, version=post.version)
        ask_for(post, open_step(needed(post)))
        carry_on(post, by=by)


def sign(post: Post, seen: str, *, by: Any) -> None:
    """Say yes to the words that were on the screen (`seen`), and to no others."""
    with transaction.atomic():
        held = Post.objects.select_for_update().get(pk=post.pk)
        mine = may_sign(by, held)
        if not mine:
            raise Refused(_("Somebody else must approve this, or it is already done."))
        if seen != digest(held):
            raise Refused(_("It was changed since you read it: read it again."))
        for each in mine:
            stead = answers_for(by, each, held)[1]
            Signature.objects.create(
                post=held, digest=seen, position=each.position, needed=each.key, by=by, stead=stead
            )
        record("post.signed", held, by=by, version=held.version, in_stead_of=str(stead) if stead else "")
        carry_on(held, by=by)
    post.refresh_from_db()


def carry_on(post: Post, *, by: Any) -> None:
    """The next step is asked for; when there is none left, it leaves at its time."""
    every = needed(post)
    following = open_step(every)
    if every and not following:
        post.approve(by=by)
        tell(authors_of(post), "approved", post)
    elif any(each.signature for each in every):
        ask_for(post, following)


def send_back(post: Post, why: str, *, by: Any) -> None:
    """Not as it stands. Its author is told why."""
    if not may_sign(by, post):
        raise Refused(_("Somebody else must approve this, or it is already done."))
    with transaction.atomic():
        post.move([Post.State.SUBMITTED], Post.State.DRAFT, urgent=False)
        post.signatures.all().delete()
        record("post.sent_back", post, by=by, why=why)
        tell(authors_of(post), "sent_back", post, by=str(by), why=why)


def expire(post: Post) -> None:
    """Nobody approved in time: it does not leave, and its author is told."""
    with transaction.atomic():
        post.move([Post.State.SUBMITTED], Post.State.DRAFT, urgent=False)
        record("post.expired", post, by="outbox")
        tell(authors_of(post), "expired", post)


def expire_late() -> int:
    late = list(Post.objects.filter(state=Post.State.SUBMITTED, due_at__lt=timezone.now()))
    for post in late:
        expire(post)
    return len(late)


def authors_of(post: Post) -> list[User]:
    return list(User.objects.active().filter(pk__in=authors(post)))


def ask_for(post: Post, asked: list[Needed]) -> None:
    """Those who may say it are told, but not those who wrote it."""
    told: dict[int, User] = {}
    for each in asked:
        told |= {user.pk: user for user in who_may(each, post)}
    tell([user for pk, user in told.items() if pk not in authors(post)], "to_approve", post)


def who_may(each: Needed, post: Post) -> list[User]:
    if each.person is not None:
        away = Absence.objects.on(timezone.localdate()).filter(who=each.person).select_related("deputy")
        return [each.person, *(absence.deputy for absence in away)]
    roles = COUNTERSIGN if each.key == "countersign" else (each.role,)
    held = Role.objects.in_force().filter(kind__in=roles, user__is_active=True).select_related("user", "unit")
    return [role.user for role in held if post.unit is None or role.unit.contains(post.unit)]
