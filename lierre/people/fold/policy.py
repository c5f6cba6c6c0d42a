"""Which source wins for which group of fields: a table that a person can read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lierre.people.facts import GROUPS, SOURCE_KINDS

Order = tuple[str, ...]

# The person first, then staff, then the information system, then third parties.
USUAL: Order = ("member", "staff", "archive", "school", "platform", "survey", "third")
# Identity and degrees are the school's to say, but for what staff corrects by hand with a reason.
SCHOOL_FIRST: Order = ("staff", "school", "member", "archive", "platform", "survey", "third")
# People move: an address of 2014 is worth nothing beside one of this year, whoever says so. No kind comes before another.
LATEST: Order = ()
BY_GROUP: Final[Mapping[str, Order]] = {"identity": SCHOOL_FIRST, "studies": SCHOOL_FIRST, "contacts": LATEST}


@dataclass(frozen=True)
class Policy:
    """
    For each group of fields, the kinds of sources from the most trusted to the least.

    A kind that is not named comes last; when none is named, the latest to speak is believed.
    """

    orders: Mapping[str, Order]

    @cached_property
    def ranks(self) -> dict[str, dict[str, int]]:
        """
        Group → kind of source → rank, the greater the more trusted. A kind that a group does not name comes last.

        >>> DEFAULT_POLICY.ranks["identity"]["school"] > DEFAULT_POLICY.ranks["identity"]["member"]
        True
        >>> set(DEFAULT_POLICY.ranks["contacts"].values())
        {0}
        """
        return {
            group: {kind: len(order) - order.index(kind) if kind in order else 0 for kind in SOURCE_KINDS}
            for group, order in self.orders.items()
        }

    def differs(self, other: "Policy") -> list[str]:
        """Groups on which the two policies do not agree."""
        return [group for group in GROUPS if self.ranks[group] != other.ranks[group]]


DEFAULT_POLICY = Policy({group: BY_GROUP.get(group, USUAL) for group in GROUPS})
