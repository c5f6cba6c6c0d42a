"""What somebody must approve by their own name, and whom they stand in for: without them, posts would wait for ever."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Absence, Post, Step
from lierre.publishing.notices import tell
from lierre.publishing.permissions import SEE_POSTS
from lierre.publishing.signers import may_sign


def steps(user: User) -> QuerySet[Step]:
    return Step.objects.filter(person=user, account__archived_at=None).select_related("account", "person")


def told(step: Step) -> str:
    return _("%(account)s, step %(position)d") % {"account": step.account, "position": step.position}


def give(step: Step, to: User | None, by: Any) -> None:
    """What waits for the former one is asked of the new one, at once."""
    before = step.person
    Step.objects.filter(pk=step.pk).update(person=to)
    record("account.step_handed_over", step.account, by=by, before=str(before), after=str(to), position=step.position)
    waiting = Post.objects.filter(state=Post.State.SUBMITTED, urgent=False, variants__account=step.account_id)
    for post in waiting.distinct():
        if to is not None and may_sign(to, post):
            tell([to], "to_approve", post)


def standing_in(user: User) -> QuerySet[Absence]:
    """Absences of others, under way or to come, during which this person decides."""
    return Absence.objects.filter(deputy=user, last__gte=timezone.localdate()).select_related("who", "deputy")


def stand_in(absence: Absence, to: User | None, by: Any) -> None:
    if to is not None and to.pk == absence.who_id:
        raise Refused(_("%(user)s is the one who is away: choose somebody else.") % {"user": to})
    before = absence.deputy
    Absence.objects.filter(pk=absence.pk).update(deputy=to)
    record("absence.handed_over", absence, by=by, before=str(before), after=str(to))


def absence_told(absence: Absence) -> str:
    first, last = date_format(absence.first, "DATE_FORMAT"), date_format(absence.last, "DATE_FORMAT")
    return _("%(who)s, from %(first)s to %(last)s") % {"who": absence.who, "first": first, "last": last}


STEPS: Final = Tie(
    "steps", gettext_lazy("Approvals asked of them by name"),
    gettext_lazy("Posts that wait for their approval are asked of whoever succeeds."),
    steps, told, SEE_POSTS.roles, give,
)  # fmt: skip
STANDING_IN: Final = Tie(
    "absences", gettext_lazy("Absences during which they decide"), gettext_lazy("Somebody else decides meanwhile."),
    standing_in, absence_told, SEE_POSTS.roles, stand_in,
)  # fmt: skip
