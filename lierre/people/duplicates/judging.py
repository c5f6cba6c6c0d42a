"""An answer about a pair: one person, two persons, later. Each is written in the journal, and each can be taken back."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.duplicates.queue import waiting_pairs
from lierre.people.marks import veiled
from lierre.people.merging import merge, unmerge
from lierre.people.models import Judgement, Merge, Person, Suspicion
from lierre.people.models.person import new_public_id

State = Suspicion.State
SAID: Final = "said"  # the rule of a pair that no search had found


def same(suspicion: Suspicion, persons: Sequence[Person], *, by: Any, reason: str, despite: bool = False) -> str:
    """These persons are one. Only those that were named: whoever resembles one of them is asked about apart."""
    with transaction.atomic():
        check(suspicion, persons, by)
        kept = whose_page_stays(persons)
        merges = {
            person.pk: merge(person, kept, by=by, reason=reason, despite=despite)
            for person in persons
            if person.pk != kept.pk
        }
        gesture = answer(persons, State.SAME, by=by, merges=merges)
        journal("duplicate.same", kept, by=by, why=veiled(reason, kept), gesture=gesture, persons=len(persons))
    return gesture


def different(suspicion: Suspicion, persons: Sequence[Person], *, by: Any) -> str:
    """Each of them is somebody. Remembered for ever."""
    with transaction.atomic():
        check(suspicion, persons, by)
        gesture = answer(persons, State.DIFFERENT, by=by)
        journal("duplicate.different", persons[0], by=by, gesture=gesture, persons=len(persons),
                other=persons[1].public_id)  # fmt: skip
    return gesture


def later(suspicion: Suspicion, *, by: Any) -> str:
    """Somebody else, or another day."""
    with transaction.atomic():
        check(suspicion, [suspicion.low, suspicion.high], by)
        gesture = answer([suspicion.low, suspicion.high], State.LATER, by=by)
        journal("duplicate.later", suspicion.low, by=by, gesture=gesture, other=suspicion.high.public_id)
    return gesture


def check(suspicion: Suspicion, persons: Sequence[Person], by: Any) -> None:
    if len(persons) < 2:
        raise Refused(_("Tick at least two persons: the answer is about them."))
    now = Suspicion.objects.select_for_update().get(pk=suspicion.pk)
    if not now.waits:
        raise Refused(_("%(name)s has answered meanwhile: the pair does not wait any more.") % {"name": now.judged_by})
    if now.held_by_another(by):
        raise Refused(_("Somebody else is looking at this pair: take another one."))


def whose_page_stays(persons: Sequence[Person]) -> Person:
    """The one who signs in; else the one of whom most is known; else the oldest."""
    return min(persons, key=lambda person: (person.account_id is None, -person.completeness, person.pk))


def answer(persons: Sequence[Person], state: State, *, by: Any, merges: dict[int, Merge] | None = None) -> str:
    """Write the same answer about every two of them."""
    transaction.on_commit(waiting_pairs.forget)
    gesture, now, merges = new_public_id(), timezone.now(), merges or {}
    said = {"state": state, "judged_by": str(by)[:200], "judged_at": now, "held_by": None, "held_until": None}
    for low, high in combinations(sorted(person.pk for person in persons), 2):
        pair, _new = Suspicion.objects.update_or_create(
            low_id=low, high_id=high, defaults=said,
            create_defaults={**said, "probability": 0, "worth": 0, "rule": SAID},
        )  # fmt: skip
        thought = {"probability": pair.probability, "weights": pair.weights, "model_id": pair.model_id}
        Judgement.objects.create(
            suspicion=pair, answer=state, merge=merges.get(low) or merges.get(high), gesture=gesture,
            actor_id=getattr(by, "pk", None), by_name=str(by)[:200], at=now, **(thought if pair.weights else {}),
        )  # fmt: skip
    return gesture


def take_back(gesture: str, *, by: Any) -> int:
    """Whatever was answered by one gesture is asked again; those who were merged are given back."""
    with transaction.atomic():
        judgements = list(Judgement.objects.standing().filter(gesture=gesture).select_related("merge").order_by("-pk"))
        if not judgements:
            raise Refused(_("This answer is already taken back."))
        for done in {each.merge.pk: each.merge for each in judgements if each.merge}.values():
            unmerge(done, by=by)
        left = Judgement.objects.standing().filter(gesture=gesture)
        left.take_back(by=by)
        transaction.on_commit(waiting_pairs.forget)
        journal("duplicate.undone", judgements[0].suspicion.low, by=by, gesture=gesture, answer=judgements[0].answer)
    return len(judgements)


def last_gesture(user: Any) -> Judgement | None:
    """The latest answer of this person that still holds."""
    return Judgement.objects.standing().by(user).order_by("-pk").first()


def gestures_meant(said: Any, user: Any) -> list[str]:
    """The answers that a form names: those ticked, those that this user gave today, or the last one. The latest first."""
    mine = Judgement.objects.standing().by(user)
    if "today" in said:
        meant = mine.filter(at__gte=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))
    elif "ticked" in said:
        meant = Judgement.objects.standing().filter(gesture__in=said.getlist("gesture")[:500])
    else:
        last = last_gesture(user)
        return [last.gesture] if last else []
    return list(dict.fromkeys(meant.order_by("-pk").values_list("gesture", flat=True)))


def merge_of(gesture: str) -> int:
    """The number of a merge that this answer made."""
    done = Judgement.objects.standing().filter(gesture=gesture, merge__isnull=False).latest("pk")
    return done.merge_id or 0
