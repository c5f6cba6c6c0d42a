"""Who looked at hidden persons this week, and how many were erased this year."""

from dataclasses import dataclass
from typing import Self

from lierre.site.pending import ERASED, LOOK, Pending


@dataclass(frozen=True, slots=True)
class Watch:
    looks: int
    readers: int
    erased: int

    @classmethod
    def of(cls, pending: Pending) -> Self:
        looks = pending[LOOK]
        return cls(sum(look.count for look in looks), len(looks), sum(each.count for each in pending[ERASED]))
