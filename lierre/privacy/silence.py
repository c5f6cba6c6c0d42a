"""Since when somebody gave no sign: each purpose has its own clock, counted from that day or from the day the data came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Max, Min, OuterRef, Subquery
from django.utils import timezone

from lierre.foundation.periods import months_later
from lierre.people.models import Person, Record
from lierre.people.models.imports import EPOCH
from lierre.people.saying import OWN_VOICES
from lierre.privacy.models import Purpose, Sign

NAMES: Final = ("pk", "sign", "spoke", "typed", "brought", "account__last_login", "account__joined_at")


@dataclass(frozen=True, slots=True)
class Heard:
    """`came`: the day their data came. `sign`: the day of their last sign; None when they never gave any."""

    came: date | None = None
    sign: date | None = None

    def is_over(self, purpose: Purpose, day: date) -> bool:
        """Whether the clock of this purpose has run out for them."""
        starts = {
            Purpose.Clock.CONTACT: [each for each in (self.came, self.sign) if each],
            Purpose.Clock.COLLECTION: [self.came] if self.came else [],
        }.get(Purpose.Clock(purpose.counted_from), [])
        return bool(starts) and months_later(max(starts), purpose.retention_months) < day

    def is_silent_for(self, months: int, day: date) -> bool:
        """Whether they said nothing for so long, that day."""
        known = [each for each in (self.came, self.sign) if each]
        return bool(known) and months_later(max(known), months) < day

    def with_(self, other: "Heard") -> "Heard":
        """Two persons who are one: what came first, and the last sign of either."""
        came = [each for each in (self.came, other.came) if each]
        signs = [each for each in (self.sign, other.sign) if each]
        return Heard(min(came, default=None), max(signs, default=None))


def heard_of(person_ids: Collection[int]) -> dict[int, Heard]:
    """One question to the base for all of them."""
    theirs = Record.objects.filter(person=OuterRef("pk")).order_by()
    signs = Sign.objects.filter(person=OuterRef("pk")).order_by()
    known = Person.objects.filter(pk__in=person_ids).annotate(
        sign=among(signs, "person", Max("at")),
        spoke=among(theirs.filter(source__kind__in=OWN_VOICES), "person", Max("asserted")),
        typed=among(theirs.filter(delivery=None), "person", Min("asserted")),
        brought=among(theirs, "person", Min("delivery__imported__applied_at")),
    )  # fmt: skip
    return {row[0]: heard(*row[1:]) for row in known.values_list(*NAMES)}


def among(rows: Any, by: str, what: Any) -> Subquery:
    return Subquery(rows.values(by).annotate(found=what).values("found"))


def heard(sign: Any, spoke: int | None, typed: int | None, brought: Any, *at_the_door: Any) -> Heard:
    came = [day_of(brought), day_of(typed)]
    signs = [day_of(each) for each in (sign, spoke, *at_the_door)]
    return Heard(
        min((each for each in came if each), default=None), max((each for each in signs if each), default=None)
    )


def day_of(moment: Any) -> date | None:
    """Of a moment, or of a number of days since 1970."""
    if moment is None:
        return None
    return EPOCH + timedelta(days=moment) if isinstance(moment, int) else timezone.localdate(moment)
