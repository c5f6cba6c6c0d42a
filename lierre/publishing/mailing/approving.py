"""Somebody else reads a mailing before it leaves: a yes to exact words and exact readers, which any change takes away.

On some subjects somebody outside says yes first, as an account may ask it of its posts; the last yes is said in the house.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.approving import OUTSIDE
from lierre.publishing.mailing.approvers import answers, approvers, authors, may_approve, stead_of
from lierre.publishing.mailing.charter import hold_to_charter
from lierre.publishing.mailing.outside import awaits_outside
from lierre.publishing.mailing.rendering import refuse_what_cannot_leave, text_of
from lierre.publishing.models import Mailing, MailingReview, MailingRules, Notice
from lierre.publishing.models.embargo import refuse_under_embargo

State = Mailing.State
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


def is_turn_outside(mailing: Mailing) -> bool:
    return mailing.state == State.SUBMITTED and mailing.waits_outside


def hear_yes(mailing: Mailing, review: MailingReview) -> None:
    """From outside: those of the house are asked in their turn."""
    ask_the_house(mailing)
    tell(whoever_wrote(mailing), "answered", mailing, **review.told)


def decide_rules(said: dict[str, Any], *, by: Any) -> int:
    """Letters that waited outside, on a subject where that is asked no more, are asked of the house: how many."""
    with transaction.atomic():
        MailingRules.decide(said, by=by)
        waiting = Mailing.objects.filter(state=State.SUBMITTED, waits_outside=True).select_related("segment", "unit")
        waiting = waiting.select_for_update(of=("self",))
        freed = [mailing for mailing in waiting if not awaits_outside(mailing)]
        for mailing in freed:
            ask_the_house(mailing)
    return len(freed)


def ask_the_house(mailing: Mailing) -> None:
    """Nobody outside is waited for any more: it is the turn of those who approve here."""
    mailing.move([State.SUBMITTED], State.SUBMITTED, waits_outside=False, told_at=timezone.now())
    tell(approvers(mailing), "asked", mailing, text=text_of(mailing))


def hear_no(mailing: Mailing, review: MailingReview) -> None:
    """From outside: it goes back to its author. The journal does not hold their name."""
    give_back(mailing, review.words, by=OUTSIDE, name=review.answered_as)


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
    outside = not urgent and awaits_outside(mailing)
    fields = {"urgent": urgent, "waits_outside": outside, "told_at": timezone.now(), **soon, **NOTHING}
    with transaction.atomic():
        mailing.move([State.DRAFT], State.SUBMITTED, **fields)
        record("mailing.urgent" if urgent else "mailing.submitted", mailing, by=by)
        if not outside:
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
        if held.state == State.SUBMITTED and awaits_outside(held):
            raise Refused(_("Somebody outside must say yes first: their answer is still awaited."))
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
    give_back(mailing, why, by=by)


def give_back(mailing: Mailing, why: str, *, by: Any, name: str = "") -> None:
    """`name`: of somebody outside, for its author and not for the journal."""
    with transaction.atomic():
        mailing.move([State.SUBMITTED], State.DRAFT, urgent=False, **NOTHING)
        record("mailing.sent_back", mailing, by=by, why=why)
        tell(whoever_wrote(mailing), "sent_back", mailing, by=name or str(by), why=why)


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
