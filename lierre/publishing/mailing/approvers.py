"""Who may say yes to a letter: a role that reaches whoever it speaks for, or who stands in for it; nobody who wrote of it."""

from typing import Any, Final

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from lierre.accounts.models import Role, User
from lierre.foundation.abilities import may
from lierre.publishing.mailing.outside import awaits_outside
from lierre.publishing.models import Absence, Mailing
from lierre.publishing.permissions import APPROVE_MAILINGS, SEE_POSTS
from lierre.publishing.signers import COUNTERSIGN, holders, holds_for

APPROVE: Final = tuple(sorted(APPROVE_MAILINGS.roles))


def authors(mailing: Mailing) -> set[int]:
    """Whoever wrote something of what is read, as of a post: none of them may approve it."""
    wrote = mailing.writers.order_by().values_list("pk", flat=True)
    return {int(pk) for pk in (mailing.owner_id, mailing.changed_by_id, *wrote) if pk}


def kinds_for(mailing: Mailing) -> tuple[str, ...]:
    """What is urgent is let go by the communication department or the direction, as a post."""
    return COUNTERSIGN if mailing.urgent else APPROVE


def answers(user: User, mailing: Mailing) -> bool:
    """By a role of their own: that of one faculty does not approve what the institution says."""
    return may(user, APPROVE_MAILINGS) and holds_for(user, mailing.unit, *kinds_for(mailing))


def stead_of(user: User, mailing: Mailing) -> User | None:
    """Somebody who may approve, is away, and said that this user decides meanwhile; nobody when they may themselves."""
    if answers(user, mailing) or not may(user, SEE_POSTS):
        return None
    away = Absence.objects.on(timezone.localdate()).filter(deputy=user, who__is_active=True)
    away = away.exclude(who__in=authors(mailing)).select_related("who")
    return next((each.who for each in away if answers(each.who, mailing)), None)


def may_approve(
    user: Any, mailing: Mailing, *, awaited: bool | None = None, wrote: bool | None = None
) -> bool:  # fmt: skip
    """`awaited`: whether somebody outside must still say yes; `wrote`: whether this user wrote of it; when that is known."""
    if mailing.state != Mailing.State.SUBMITTED or not isinstance(user, User):
        return False
    if user.pk in authors(mailing) if wrote is None else wrote:
        return False
    if not answers(user, mailing) and stead_of(user, mailing) is None:
        return False
    return not (awaits_outside(mailing) if awaited is None else awaited)


def approvers(mailing: Mailing) -> list[User]:
    """Those who may say yes, and those who decide for them while they are away; each once."""
    wrote = authors(mailing)
    able = [user for user in holders(mailing.unit, *kinds_for(mailing)) if user.pk not in wrote]
    away = Absence.objects.on(timezone.localdate()).filter(who__in=able).select_related("deputy")
    deputies = [each.deputy for each in away if each.deputy.is_active and each.deputy_id not in wrote]
    return list({user.pk: user for user in [*able, *deputies]}.values())


def asked_of(user: User) -> QuerySet[Mailing]:
    """Those that wait for a yes that this user may give. One question to the base."""
    asked = Mailing.objects.filter(state=Mailing.State.SUBMITTED, waits_outside=False)
    waiting = asked.exclude(owner=user.pk).exclude(changed_by=user.pk).exclude(writers=user.pk)
    return waiting.filter(
        Q(urgent=False) & within_reach(user, APPROVE) | Q(urgent=True) & within_reach(user, COUNTERSIGN)
    )


def within_reach(user: User, kinds: tuple[str, ...]) -> Q:
    """By a role of theirs, or by that of somebody who is away, who did not write it, and for whom they decide."""
    if user.holds_everywhere(*kinds):
        return Q(pk__gt=0)
    found = Q(Exists(stood_for(user, kinds)))
    for role in user.roles_held:
        if role.kind in kinds:
            found |= Q(unit__path__startswith=role.unit.path)
    return found


def stood_for(user: User, kinds: tuple[str, ...]) -> QuerySet[Absence]:
    """Absences, for one letter: of those whose role reaches whoever it speaks for."""
    speaks_for = ExpressionWrapper(OuterRef(OuterRef("unit__path")), output_field=CharField())
    roles = Role.objects.in_force().filter(kind__in=kinds, user=OuterRef("who")).annotate(speaks_for=speaks_for)
    roles = roles.filter(Q(unit__parent=None) | Q(speaks_for__startswith=F("unit__path")))
    away = Absence.objects.on(timezone.localdate()).filter(Exists(roles), deputy=user.pk, who__is_active=True)
    for name in ("owner", "changed_by"):
        away = away.exclude(who=Coalesce(OuterRef(name), 0))
    wrote = Mailing.writers.through.objects.filter(mailing=OuterRef(OuterRef("pk")), user=OuterRef("who"))
    return away.exclude(Exists(wrote))
