"""The units as a tree, read in one question: what hangs on what, and how many roles are held there and below."""

from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from lierre.accounts.models import Unit


@dataclass(slots=True)
class Branch:
    """A unit and what hangs on it. `held` counts the roles in force in this very unit, `below` those further down."""

    unit: Unit
    held: int
    below: int = 0
    branches: list["Branch"] = field(default_factory=list)

    @property
    def within(self) -> int:
        return self.held + self.below


def grow(*, closed_too: bool = False) -> Branch | None:
    """The whole tree from the institution down. None while there is no institution."""
    today = timezone.localdate()
    in_force = Q(roles__since__lte=today) & (Q(roles__until=None) | Q(roles__until__gte=today))
    units = Unit.objects.annotate(held=Count("roles", filter=in_force & Q(roles__user__is_active=True)))
    if not closed_too:
        units = units.open()
    known: dict[int, Branch] = {}
    # Parents come before what hangs on them: the path of a unit begins with theirs.
    for unit in units.order_by("path"):
        branch = known[unit.pk] = Branch(unit, unit.held)  # type: ignore[attr-defined]
        if unit.parent_id is not None:
            known[unit.parent_id].branches.append(branch)
    for branch in reversed(known.values()):
        branch.below = sum(each.within for each in branch.branches)
    return next(iter(known.values()), None)
