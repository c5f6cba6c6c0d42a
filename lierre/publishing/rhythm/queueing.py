"""The queue of an account: a post takes the next slot that is free, far from others, and out of any embargo."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.approving import plan, submit
from lierre.publishing.landmarks import is_holiday
from lierre.publishing.models import Account, Embargo, Pause, Place, Post, Slot, Variant
from lierre.publishing.planning import TOO_NEAR
from lierre.publishing.rhythm.clock import instant
from lierre.publishing.rhythm.silence import has_begun, take_back

WEEKS: Final = 26
SOON: Final = timedelta(minutes=5)


def add_slot(account: Account, weekday: int, hour: time, zone: str, *, by: Any) -> Slot:
    with transaction.atomic():
        slot, is_new = Slot.objects.get_or_create(account=account, weekday=weekday, hour=hour, zone=zone)
        if not is_new:
            raise Refused(_("This slot is there already."))
        record("queue.slot_added", account, by=by, slot=str(slot))
    return slot


def drop_slot(slot: Slot, *, by: Any) -> None:
    """Posts that have taken it keep their time."""
    with transaction.atomic():
        slot.delete()
        record("queue.slot_dropped", slot.account, by=by, slot=str(slot))


def moments(account: Account, after: datetime) -> Iterator[datetime]:
    """Its slots as instants, the nearest first, for half a year; none on a public holiday, which few people read."""
    slots = list(account.slots.all())
    found = []
    for slot in slots:
        day = after.astimezone(ZoneInfo(slot.zone)).date()
        day += timedelta(days=(slot.weekday - day.weekday()) % 7)
        every = (day + timedelta(weeks=week) for week in range(WEEKS))
        found += [instant(each, slot.hour, slot.zone) for each in every if not is_holiday(each)]
    return iter(sorted({at for at in found if at > after}))


def free_slots(account: Account, post: Post) -> Iterator[datetime]:
    """Those that this post may take: no other post of its accounts within two hours, no embargo on what it is."""
    after = timezone.now() + SOON
    accounts = {variant.account_id for variant in post.variants.all()} | {account.pk}
    taken = Variant.objects.filter(account__in=accounts, post__due_at__gt=after - TOO_NEAR).exclude(post=post)
    times = list(taken.exclude(post__state=Post.State.WITHDRAWN).values_list("post__due_at", flat=True))
    silences = [each for each in Embargo.objects.not_over() if each.is_about(post)]
    for at in moments(account, after):
        near = any(abs(at - other) < TOO_NEAR for other in times if other)
        if not near and not any(each.covers(post, at) for each in silences):
            yield at


def put(post: Post, account: Account, *, by: Any) -> datetime:
    """It takes the next free slot of this account; on its other accounts it leaves at the same instant."""
    if not post.variants.filter(account=account).exists():
        raise Refused(_("This post is not for %(account)s.") % {"account": account})
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)  # two who press at once do not take the same slot
        refuse_paused(account)
        if has_begun(post):
            raise Refused(_("Some of it has left already: it cannot take a slot."))
        at = next_free(account, post)
        post.reschedule(at, by=by)
        Place.objects.update_or_create(post=post, defaults={"account": account, "rank": at, "ready": False})
        record("post.queued", post, by=by, account=str(account), at=at.isoformat())
    return at


def next_free(account: Account, post: Post) -> datetime:
    if not account.slots.exists():
        raise Refused(_("%(account)s has no slot yet: say at which hours it speaks.") % {"account": account})
    at = next(free_slots(account, post), None)
    if at is None:
        raise Refused(_("No slot of %(account)s is free within six months.") % {"account": account})
    return at


def refuse_paused(account: Account) -> None:
    if Pause.objects.filter(account=account).exists():
        raise Refused(_("The queue of %(account)s is paused: resume it first.") % {"account": account})


def take_out(place: Place, *, by: Any) -> None:
    """Out of the queue, as a draft: it leaves at no hour until somebody chooses one."""
    post = place.post
    with transaction.atomic():
        if post.state != Post.State.DRAFT:
            take_back(post, "post.taken_back", by=by)
        post.move([Post.State.DRAFT], Post.State.DRAFT, due_at=None)
        post.deliveries.drafts().update(due_at=None)
        place.delete()
        record("post.unqueued", post, by=by, account=str(place.account))


def swap(place: Place, step: int, *, by: Any) -> None:
    """One place earlier (-1) or later (+1): the two posts exchange their times."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=place.account_id)
        waiting = list(Place.objects.waiting().filter(account=place.account_id))
        at = next((number for number, each in enumerate(waiting) if each.pk == place.pk), None)
        if at is None or not 0 <= at + step < len(waiting):
            raise Refused(_("It cannot go further."))
        one, other = waiting[at], waiting[at + step]
        if any(each.post.due_at and each.post.due_at < timezone.now() for each in (one, other)):
            raise Refused(_("The hour of one of the two has passed: nothing takes it any more."))
        times, ranks = (one.post.due_at, other.post.due_at), (one.rank, other.rank)
        for each, due_at, rank in ((one, times[1], ranks[1]), (other, times[0], ranks[0])):
            if due_at is not None:
                each.post.reschedule(due_at, by=by)
            Place.objects.filter(pk=each.pk).update(rank=rank)


def pause(account: Account, *, by: Any) -> int:
    """What waits in it does not leave, and keeps its place. How many would have left."""
    with transaction.atomic():
        if not Pause.objects.get_or_create(account=account, defaults={"by": by})[1]:
            raise Refused(_("This queue is paused already."))
        held = [place for place in Place.objects.waiting().filter(account=account) if place.post.state == "approved"]
        for place in held:
            take_back(place.post, "post.taken_back", by=by, why=_("its queue is paused"))
            Place.objects.filter(pk=place.pk).update(ready=True)
        record("queue.paused", account, by=by, held=len(held))
    return len(held)


def resume(account: Account, *, by: Any) -> int:
    """In their order, they take the next free slots; what was to leave leaves, unless its words have changed since."""
    with transaction.atomic():
        if not Pause.objects.filter(account=account).delete()[0]:
            raise Refused(_("This queue is not paused."))
        places = list(Place.objects.waiting().filter(account=account))
        for place in places:
            place.post.move(list(OPEN), place.post.state, due_at=None)
        for place in places:
            at = next_free(account, place.post)
            place.post.reschedule(at, by=by)
            Place.objects.filter(pk=place.pk).update(rank=at, ready=False)
            if place.ready:
                let_leave(place.post, by=by)
        record("queue.resumed", account, by=by, posts=len(places))
    return len(places)


OPEN: Final = (Post.State.DRAFT, Post.State.SUBMITTED)


def let_leave(post: Post, *, by: Any) -> None:
    """Approvals of these very words are still there: none is asked twice."""
    if post.state != Post.State.DRAFT:
        return
    if post.needs_approval:
        submit(post, by=by)
    else:
        plan(post, by=by)
