"""
Groups of persons, as far as the directory needs them: who shares one with whom.

What a group is, and how one joins it, is the affair of a domain above, which says so when the application starts:
`answer_with`. Whoever enters or leaves a group is told of with `projection.changed`, as any change of who sees what.
"""

from collections.abc import Collection
from typing import Any, Final, Protocol

from django.db.models import QuerySet

from lierre.people.models import Person

Numbers = QuerySet[Any, int]


class Circles(Protocol):
    def of_account(self, user_id: int) -> dict[int, str]:
        """The groups of whoever signs in with this account: number → name."""

    def members(self, groups: Collection[int]) -> Numbers:
        """The numbers of the persons who are in one of these groups at least: a question, not its answer."""


_held: Final[list[Circles]] = []


def answer_with(circles: Circles) -> None:
    """Call it when the application starts."""
    _held[:] = [circles]


def groups_of(user: Any) -> dict[int, str]:
    """Number → name. Nobody signed in, and accounts that are nobody's, have none."""
    number = getattr(user, "pk", None)
    return _held[0].of_account(number) if _held and number is not None else {}


def members(groups: Collection[int]) -> Numbers:
    if _held and groups:
        return _held[0].members(groups)
    return Person.objects.none().values_list("pk", flat=True)


def sharing(groups: Collection[int], person_ids: Collection[int]) -> set[int]:
    """Those of these persons who are in one of these groups."""
    if not groups or not person_ids:
        return set()
    return set(members(groups).filter(person_id__in=person_ids))
