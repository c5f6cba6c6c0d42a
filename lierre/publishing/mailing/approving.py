"""Somebody else reads a mailing before it leaves: a yes to exact words and exact readers, which any change takes away."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role, User
from lierre.foundation.abilities import may
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.mailing.charter import hold_to_charter
from lierre.publishing.mailing.rendering import refuse_what_cannot_leave, text_of
from lierre.publishing.models import Absence, Mailing, Notice
from lierre.publishing.models.embargo import refuse_under_embargo
from lierre.publishing.permissions import APPROVE_MAILINGS, SEE_POSTS

State = Mailing.State
# Who may let leave what is urgent: as for a post, the communication department or the direction.
COUNTERSIGN: Final = ("communication", "direction")
# What is urgent waits so long for its yes, and leaves with it.
HALF_A_DAY: Final = timedelta(hours=12)
NOTHING: Final = {"approved_digest": "", "approved_by": None, "approved_at": None, "approved_stead": None}
WORDS: Final[dict[str, tuple[Any, Any]]] = {
    "asked": (
        gettext_lazy("To approve: %(name)s"), gettext_lazy("Without your approval, this mailing does not leave.\n\n%(text)s"),
    ),
    "urgent": (
        gettext_lazy("Urgent, to approve: %(name)s"),
        gettext_lazy("It leaves as soon as you approve it, and not without you.\n\n%(text)s"),
    ),
    "reminder": (
        gettext_lazy("Still to approve: %(name)s"),
        gettext_lazy("It is planned for %(moment)s, and still waits for your approval. Without it, nothing leaves.\n\n%(text)s"),
    ),
    "approved": (gettext_lazy("Approved: %(name)s"), gettext_lazy("%(by)s approved it: it leaves at its time.")),
    "sent_back": (gettext_lazy("To correct: %(name)s"), gettext_lazy("%(by)s asks for a correction: %(why)s")),
    "expired": (
        gettext_lazy("Not sent, for want of an approval: %(name)s"),
        gettext_lazy("Nobody approved it before its time. It is a draft again: choose another time, then ask again."),
    ),
    "fell": (
        gettext_lazy("Not sent: %(name)s"),
        gettext_lazy("Since it was approved, its words or the question of its segment changed. Have it approved again."),
    ),
    "held": (
        gettext_lazy("Held by an embargo: %(name)s"),
        gettext_lazy(
            "“%(why)s”: it does not leave on %(moment)s. Its approval is kept: choose another time, then ask again."
        ),
    ),
    "paused": (
        gettext_lazy("Held by an embargo: %(name)s"),
        gettext_lazy("“%(why)s”: it had begun to leave, and is paused. Once it may leave again, let it go on."),
    ),
    "answered": (gettext_lazy("Answer from outside: %(name)s"), gettext_lazy("%(by)s says %(answer)s. %(words)s")),
    "mentioned": (gettext_lazy("%(by)s speaks to you about: %(name)s"), gettext_lazy("%(by)s writes: %(words)s")),
    "commented": (gettext_lazy("A comment on: %(name)s"), gettext_lazy("%(by)s writes: %(words)s")),
    "exception": (
        gettext_lazy("An exception to the charter to countersign: %(name)s"),
        gettext_lazy("%(by)s asks to keep “%(passage)s”, which the charter blocks, because: %(why)s"),
    ),
    "exception_given": (
        gettext_lazy("Exception countersigned: %(name)s"),
        gettext_lazy("%(by)s countersigned your exception. Ask for approval again."),
    ),
}  # fmt: skip


def authors(mailing: Mailing) -> set[int]:
    return {pk for pk in (mailing.owner_id, mailing.changed_by_id) if pk}


def stead_of(user: User, mailing: Mailing) -> User | None:
    """Somebody who may approve, is away, and said that this user decides meanwhile; nobody when they may themselves."""
    if answers(user, mailing) or not may(user, SEE_POSTS):
        return None
    away = (
        Absence.objects.on(timezone.localdate())
        .filter(deputy=user, who__is_active=True)
        .exclude(who__in=authors(mailing))
    )
    return next((each.who for each in away.select_related("who") if answers(each.who, mailing)), None)


def answers(user: User, mailing: Mailing) -> bool:
    """By a role of their own."""
    return may(user, APPROVE_MAILINGS) and (not mailing.urgent or user.holds(*COUNTERSIGN))


def may_approve(user: Any, mailing: Mailing) -> bool:
    waits = mailing.state == State.SUBMITTED and isinstance(user, User)
    return waits and user.pk not in authors(mailing) and (answers(user, mailing) or bool(stead_of(user, mailing)))


def asked_of(user: User) -> QuerySet[Mailing]:
    """Those that wait for a yes that this user may give. One question to the base."""
    waiting = Mailing.objects.filter(state=State.SUBMITTED).exclude(owner=user.pk).exclude(changed_by=user.pk)
    return waiting.filter(
        Q(urgent=False) & within_reach(user, tuple(APPROVE_MAILINGS.roles))
        | Q(urgent=True) & within_reach(user, COUNTERSIGN)
    )


def within_reach(user: User, kinds: tuple[str, ...]) -> Q:
    """By a role of theirs, or by that of somebody who is away, who did not write it, and for whom they decide."""
    if user.holds(*kinds):
        return Q(pk__gt=0)
    holders = Role.objects.in_force().filter(kind__in=kinds).values("user")
    away = Absence.objects.on(timezone.localdate()).filter(deputy=user.pk, who__is_active=True, who__in=holders)
    for name in ("owner", "changed_by"):
        away = away.exclude(who=Coalesce(OuterRef(name), 0))
    return Q(Exists(away))


def submit(mailing: Mailing, *, by: Any, urgent: bool = False) -> None:
    """Ask for approval; one that was held, and was approved word for word, leaves at its new time. `urgent`: at once."""
    refuse_what_cannot_leave(mailing)
    hold_to_charter(mailing)
    if not urgent and (mailing.due_at is None or mailing.due_at <= timezone.now()):
        raise Refused(_("Choose when it leaves: a moment that has not passed."))
    if mailing.was_approved_as_it_is and not urgent:
        leave_again(mailing, by=by)
        return
    soon = {"due_at": timezone.now() + HALF_A_DAY} if urgent else {}
    with transaction.atomic():
        mailing.move([State.DRAFT], State.SUBMITTED, urgent=urgent, told_at=timezone.now(), **soon, **NOTHING)
        record("mailing.urgent" if urgent else "mailing.submitted", mailing, by=by)
        tell(approvers(mailing), "urgent" if urgent else "asked", mailing, text=text_of(mailing))


def leave_again(mailing: Mailing, *, by: Any) -> None:
    refuse_under_embargo(mailing, mailing.due_at)
    with transaction.atomic():
        mailing.move([State.DRAFT], State.APPROVED)
        record("mailing.planned_again", mailing, by=by, digest=mailing.approved_digest)


def approve(mailing: Mailing, seen: str, *, by: Any) -> None:
    """Yes to what was on the screen (`seen`), and to nothing else. Before its hour: it leaves by itself then."""
    hold_to_charter(mailing)
    with transaction.atomic():
        held = Mailing.objects.select_for_update(of=("self",)).select_related("segment", "unit").get(pk=mailing.pk)
        if not may_approve(by, held):
            raise Refused(_("Somebody else must approve this, or it is already done."))
        if seen != held.digest:
            raise Refused(_("It was changed since you read it: read it again."))
        now = timezone.now()
        leaves = {"due_at": now} if held.urgent else {}
        refuse_under_embargo(held, leaves.get("due_at", held.due_at))
        stead = None if answers(by, held) else stead_of(by, held)
        signed = {"approved_digest": seen, "approved_by": by, "approved_at": now, "approved_stead": stead}
        held.move([State.SUBMITTED], State.APPROVED, **signed, **leaves)
        record("mailing.approved", held, by=by, digest=seen, in_stead_of=str(stead) if stead else "")
        tell(whoever_wrote(held), "approved", held, by=str(by))
    mailing.refresh_from_db()


def send_back(mailing: Mailing, why: str, *, by: Any) -> None:
    if not may_approve(by, mailing):
        raise Refused(_("Somebody else must approve this, or it is already done."))
    with transaction.atomic():
        mailing.move([State.SUBMITTED], State.DRAFT, urgent=False, **NOTHING)
        record("mailing.sent_back", mailing, by=by, why=why)
        tell(whoever_wrote(mailing), "sent_back", mailing, by=str(by), why=why)


def expire(mailing: Mailing) -> None:
    """Nobody approved in time: it does not leave, and its author is told."""
    with transaction.atomic():
        mailing.move([State.SUBMITTED], State.DRAFT, urgent=False, **NOTHING)
        record("mailing.expired", mailing, by="mailings")
        tell(whoever_wrote(mailing), "expired", mailing)


def fall(mailing: Mailing, *, by: Any) -> None:
    """It no longer says what was approved, or no longer to those."""
    with transaction.atomic():
        mailing.move([State.SUBMITTED, State.APPROVED, State.PAUSED], State.DRAFT, urgent=False, **NOTHING)
        record("mailing.approval_fell", mailing, by=by)
        if by == "mailings":
            tell(whoever_wrote(mailing), "fell", mailing)


def approvers(mailing: Mailing) -> list[User]:
    """Those who may say yes, and those who decide for them while they are away."""
    kinds = COUNTERSIGN if mailing.urgent else tuple(APPROVE_MAILINGS.roles)
    held = Role.objects.in_force().filter(kind__in=kinds).values("user")
    able = list(User.objects.active().filter(pk__in=held).exclude(pk__in=authors(mailing)))
    away = Absence.objects.on(timezone.localdate()).filter(who__in=able).select_related("deputy")
    deputies = [each.deputy for each in away if each.deputy.is_active and each.deputy_id not in authors(mailing)]
    return list({user.pk: user for user in [*able, *deputies]}.values())


def whoever_wrote(mailing: Mailing) -> list[User]:
    return list(User.objects.active().filter(pk__in=authors(mailing)))


def tell(users: Iterable[User], what: str, mailing: Mailing, **said: str) -> None:
    """Written now, in the transaction of what happened; sent by a worker afterwards."""
    for user in users:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            at = mailing.due_at
            moment = date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else _("no time yet")
            told = {"name": mailing.name, "moment": moment, **said}
            subject, body = (str(words) % told for words in WORDS[what])
            page = f"{settings.ADDRESS}{mailing.get_absolute_url()}"
            Notice.objects.create(
                to=user, subject=" ".join(subject.split())[:200], body=f"{body}\n\n{page}\n\n{settings.INSTITUTION}\n"
            )
