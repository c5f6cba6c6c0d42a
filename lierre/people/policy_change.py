"""Changing the policy: first what it would alter, then a new version and every person folded again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.work import Work, long_work
from lierre.people.differences import differences
from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.facts import GROUPS, SOURCE_KINDS
from lierre.people.fold import DEFAULT_POLICY, Policy, fold
from lierre.people.fold.visibility import mask_of
from lierre.people.models import Person, PolicyVersion
from lierre.people.models.policy import policy_in_force
from lierre.people.refold import fold_in_slices, hear_range

# A preview reads at most this many persons, spread over the base: it answers while one waits.
READ: Final = 5_000
STRETCHES: Final = 50
SAMPLES: Final = 10

Orders = Mapping[str, Sequence[str]]


def policy_of(orders: Orders) -> Policy:
    """The policy that these orders describe. Raises Refused when a group or a kind is unknown or said twice."""
    for group, order in orders.items():
        if group not in GROUPS or not set(order) <= SOURCE_KINDS.keys() or len(set(order)) != len(order):
            raise Refused(_("This order of sources cannot be read: open the page again."))
    return Policy({**DEFAULT_POLICY.orders, **{group: tuple(order) for group, order in orders.items()}})


def preview(orders: Orders) -> dict[str, Any]:
    """
    What the change would alter, measured on a part of the base that is spread over it.

    Returns `read` (persons read), `altered`, `values` (field → persons) and `samples` of before → after.
    """
    now, then = policy_in_force(), policy_of(orders)
    groups = now.differs(then)
    found: dict[str, Any] = {"read": 0, "altered": 0, "groups": groups, "values": {}, "samples": []}
    if not groups:
        return found
    values: Counter[str] = Counter()
    for first, last in stretches():
        for person_id, said in hear_range(first, last).items():
            found["read"] += 1
            before = fold(said, now) if len(said) > 1 else None
            changes = differences(before, fold(said, then)) if before else []
            if changes:
                found["altered"] += 1
                values.update({change.field for change in changes})
                # Nobody who hides is shown as an example: one would look at them without a reason.
                if before and len(found["samples"]) < SAMPLES and not hidden_from_graduates(mask_of(before.values)):
                    found["samples"].append((person_id, changes))
    found["values"] = dict(values.most_common())
    public = {each.pk: each for each in Person.objects.filter(pk__in=[number for number, _changes in found["samples"]])}
    found["samples"] = [
        {"person": public[number], "changes": changes} for number, changes in found["samples"] if number in public
    ]
    return found


def stretches() -> list[tuple[int, int]]:
    """Ranges of numbers of persons, spread over the base, that hold about READ persons in all."""
    numbers = Person.objects.order_by("id").values_list("id", flat=True)
    last = numbers.last() or 0
    if not numbers[READ : READ + 1].exists():  # few of them, wherever their numbers have come to
        return [(1, last)] if last else []
    length, step = READ // STRETCHES, last // STRETCHES
    return [(1 + number * step, number * step + length) for number in range(STRETCHES)]


def adopt(orders: Orders, *, by: Any, reason: str) -> tuple[PolicyVersion, Work]:
    """Put a new version in force. The persons are folded again by a worker, and rules apply to whatever comes meanwhile."""
    if not reason.strip():
        raise Refused(_("Say why: the next reader will ask."))
    if not policy_in_force().differs(policy_of(orders)):
        raise Refused(_("Nothing changes: this order is already in force."))
    with transaction.atomic():
        version = PolicyVersion.objects.create(
            orders={group: list(order) for group, order in orders.items()}, reason=reason, by_name=str(by)
        )
        record("policy.adopted", version, by=by, why=reason)
        return version, Work.ask("people.fold_again", by=by, title=_("Read every person by the new policy"))


@long_work("people.fold_again", label=gettext_lazy("Fold every person again"))
def fold_everyone(work: Work) -> dict[str, Any]:
    total = Person.objects.count()
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        work.advance(done, total)

    fold_in_slices(Person.objects.order_by("id").values_list("id", flat=True).iterator(chunk_size=20_000), advance)
    return {"sentence": _("Every person is read by the policy in force."), "persons": done}
