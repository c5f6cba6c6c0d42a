"""How many take part, and what they said that they published: by unit, of five persons at least, naming nobody."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone

from lierre.accounts.models import Unit
from lierre.publishing.ambassadors.hiding import told
from lierre.publishing.models import Ambassador, OwnText
from lierre.publishing.models.material import monday

WEEKS: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """`persons` None: not told. `published` then neither; nor when fewer than five said that they published."""

    unit: Unit
    persons: int | None
    published: int | None


def rows(units: list[Unit], today: date | None = None) -> list[Row]:
    """
    For these units, as the whole house reads it.

    Only whole weeks count, so that no figure moves just after somebody said something.
    """
    end = midnight(monday(today or timezone.localdate()))
    here = Ambassador.objects.with_their_role().filter(joined_at__lt=end).order_by()
    persons = Counter(dict(here.values_list("unit__path").annotate(count=Count("pk"))))
    said = OwnText.objects.filter(published_at__gte=end - timedelta(weeks=WEEKS), published_at__lt=end).order_by()
    said = said.filter(ambassador__in=here.values("pk"))
    texts = Counter(dict(said.values_list("ambassador__unit__path").annotate(count=Count("pk"))))
    speakers = Counter(
        dict(said.values_list("ambassador__unit__path").annotate(count=Count("ambassador", distinct=True)))
    )
    every = list(Unit.objects.values_list("path", flat=True))
    may_be_told = told(every, persons)
    # What one of them said is not to be found in what their unit said.
    may_be_said = {path: count for path, count in told(every, speakers).items() if path in may_be_told}
    return [Row(unit, may_be_told.get(unit.path), below(unit, texts, may_be_said)) for unit in units]


def below(unit: Unit, texts: Counter[str], may_be_told: dict[str, int]) -> int | None:
    if unit.path not in may_be_told:
        return None
    return sum(count for path, count in texts.items() if path.startswith(unit.path))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
