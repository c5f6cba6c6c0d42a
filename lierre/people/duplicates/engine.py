"""
Where pairs come from: the one place that knows how duplicates are looked for.

A base large enough to learn from is searched by the engine of the matching; a small one, clue by clue. Pairs come in
their order, the lowest first, so that a search that was stopped goes on where it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from lierre.people.duplicates import evidence, likeness
from lierre.people.duplicates.pair import Pair
from lierre.people.reconciling.knowledge import Knowledge
from lierre.people.reconciling.learning import LEAST_PERSONS, up_to_date
from lierre.people.reconciling.shelf import count_persons


@dataclass(frozen=True, slots=True)
class Engine:
    """`rule`: its version; when it changes, or the model does, everything is looked at again."""

    known: Knowledge | None

    @classmethod
    def ready(cls) -> Self:
        """With what is known today: what has changed in the base was followed."""
        return cls(up_to_date() if count_persons() >= LEAST_PERSONS else None)

    @property
    def rule(self) -> str:
        return likeness.RULE if self.known else evidence.RULE

    @property
    def model(self) -> int | None:
        return self.known.number if self.known else None

    @property
    def can_follow(self) -> bool:
        """Whether those who have changed can be looked for alone."""
        return self.known is not None

    def whole(self, after: tuple[int, int] = (0, 0)) -> Iterator[Pair]:
        """Every pair of the base that may be one person, after this one."""
        return likeness.whole(self.known, after) if self.known else evidence.pairs(after)

    def about(self, numbers: Sequence[int]) -> Iterator[Pair]:
        """The pairs of these persons only."""
        assert self.known is not None
        return likeness.about(self.known, numbers)
