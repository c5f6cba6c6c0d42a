"""Who looked at hidden persons this week, and how many were erased this year: one question to the journal."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone

from lierre.foundation.models.journal import Entry

WEEK: Final = timedelta(days=7)
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Watch:
    """`readers`: name → looks, the most curious first."""

    readers: dict[str, int]
    erased: int

    @classmethod
    def now(cls) -> "Watch":
        now = timezone.now()
        asked = Q(verb="person.seen", at__gte=now - WEEK) | Q(verb="person.erased", at__gte=now - YEAR)
        counts = Entry.objects.filter(asked).order_by().values_list("verb", "by_name").annotate(count=Count("pk"))
        told = sorted(counts, key=lambda found: -found[2])
        readers = {name: count for verb, name, count in told if verb == "person.seen"}
        return cls(readers, sum(count for verb, _name, count in told if verb == "person.erased"))

    @property
    def looks(self) -> int:
        return sum(self.readers.values())
