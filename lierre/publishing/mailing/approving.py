"""Somebody else reads a mailing before it leaves: a yes to exact words and exact readers, which any change takes away."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role, User
from lierre.foundation.abilities import may
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.mailing.rendering import refuse_what_cannot_leave, text_of
from lierre.publishing.models import Mailing, Notice
from lierre.publishing.permissions import APPROVE_MAILINGS

State = Mailing.State
NOTHING: Final = {"approved_digest": "", "approved_by": None, "approved_at": None}
WORDS: Final[dict[str, tuple[Any, Any]]] = {
    "asked": (
        gettext_lazy("To approve: %(name)s"), gettext_lazy("Without your approval, this mailing does not leave.\n\n%(text)s"),
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
}  # fmt: skip


def authors(mailing: Mailing) -> set[int]:
    return {pk for pk in (mailing.owner_id, mailing.changed_by_id) if pk}


def may_approve(user: Any, mailing: Mailing) -> bool:
    waits = mailing.state == State.SUBMITTED and isinstance(user, User)
    return waits and user.pk not in authors(mailing) and may(user, APPROVE_MAILINGS)


def submit(mailing: Mailing, *, by: Any) -> None:
    refuse_what_cannot_leave(mailing)
    if mailing.due_at is None or mailing.due_at <= timezone.now():
        raise Refused(_("Choose when it leaves: a moment that has not passed."))
    with transaction.atomic():
        mailing.move([State.DRAFT], State.SUBMITTED)
        record("mailing.submitted", mailing, by=by)
        tell(approvers(mailing), "asked", mailing, text=text_of(mailing))


def approve(mailing: Mailing, seen: str, *, by: Any) -> None:
    """Yes to what was on the screen (`seen`), and to nothing else. Before its hour: it leaves by itself then."""
    with transaction.atomic():
        held = Mailing.objects.select_for_update(of=("self",)).select_related("segment").get(pk=mailing.pk)
        if not may_approve(by, held):
            raise Refused(_("Somebody else must approve this, or it is already done."))
        if seen != held.digest:
            raise Refused(_("It was changed since you read it: read it again."))
        held.move([State.SUBMITTED], State.APPROVED, approved_digest=seen, approved_by=by, approved_at=timezone.now())
        record("mailing.approved", held, by=by, digest=seen)
        tell(whoever_wrote(held), "approved", held, by=str(by))
    mailing.refresh_from_db()


def send_back(mailing: Mailing, why: str, *, by: Any) -> None:
    if not may_approve(by, mailing):
        raise Refused(_("Somebody else must approve this, or it is already done."))
    with transaction.atomic():
        mailing.move([State.SUBMITTED], State.DRAFT, **NOTHING)
        record("mailing.sent_back", mailing, by=by, why=why)
        tell(whoever_wrote(mailing), "sent_back", mailing, by=str(by), why=why)


def expire(mailing: Mailing) -> None:
    """Nobody approved in time: it does not leave, and its author is told."""
    with transaction.atomic():
        mailing.move([State.SUBMITTED], State.DRAFT, **NOTHING)
        record("mailing.expired", mailing, by="mailings")
        tell(whoever_wrote(mailing), "expired", mailing)


def fall(mailing: Mailing, *, by: Any) -> None:
    """It no longer says what was approved, or no longer to those."""
    with transaction.atomic():
        mailing.move([State.SUBMITTED, State.APPROVED, State.PAUSED], State.DRAFT, **NOTHING)
        record("mailing.approval_fell", mailing, by=by)
        if by == "mailings":
            tell(whoever_wrote(mailing), "fell", mailing)


def approvers(mailing: Mailing) -> list[User]:
    held = Role.objects.in_force().filter(kind__in=APPROVE_MAILINGS.roles).values("user")
    return list(User.objects.active().filter(pk__in=held).exclude(pk__in=authors(mailing)))


def whoever_wrote(mailing: Mailing) -> list[User]:
    return list(User.objects.active().filter(pk__in=authors(mailing)))


def tell(users: Iterable[User], what: str, mailing: Mailing, **said: str) -> None:
    """Written now, in the transaction of what happened; sent by a worker afterwards."""
    for user in users:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            subject, body = (str(words) % {"name": mailing.name, **said} for words in WORDS[what])
            page = f"{settings.ADDRESS}{mailing.get_absolute_url()}"
            Notice.objects.create(to=user, subject=subject[:200], body=f"{body}\n\n{page}\n\n{settings.INSTITUTION}\n")
