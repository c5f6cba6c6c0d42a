"""The letters that somebody asks for: by state, subject, unit, days and words; the latest to leave first, page by page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from lierre.accounts.models import Unit
from lierre.foundation.paging import SIZE, Page
from lierre.publishing.models import Mailing
from lierre.publishing.models.medium import folded

NAMES: Final = ("q", "etat", "sujet", "unite", "du", "au")


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` are looked for in the name, the subject line and the campaign, without accents. Both days are included."""

    words: str = ""
    state: str = ""
    topic: str = ""
    unit: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, said: QueryDict) -> "Asked":
        """What an address says; what it says wrongly is not asked."""
        words, state, topic, unit = (said.get(name, "").strip()[:100] for name in ("q", "etat", "sujet", "unite"))
        state = state if state in Mailing.State.values else ""
        return cls(words, state, topic, unit, day(said.get("du", "")), day(said.get("au", "")))

    @property
    def is_narrow(self) -> bool:
        return self != Asked()

    def rows(self) -> QuerySet[Mailing]:
        found = Mailing.objects.all()
        if self.state:
            found = found.filter(state=self.state)
        if self.topic:
            found = found.filter(topic=self.topic)
        if self.unit:
            chosen = Unit.objects.filter(code=self.unit).first()
            found = found.filter(unit__path__startswith=chosen.path) if chosen else found.none()
        if self.first:
            found = found.filter(due_at__gte=midnight(self.first))
        if self.last:
            found = found.filter(due_at__lt=midnight(self.last + timedelta(days=1)))
        return found.filter(pk__in=saying(self.words, found)) if self.words else found


def day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1970 < found.year < 2200 else None


def midnight(at: date) -> datetime:
    """On the clock of whoever reads."""
    return timezone.make_aware(datetime.combine(at, time.min))


def saying(words: str, rows: QuerySet[Mailing]) -> list[int]:
    """A house writes some hundreds of letters a year: they are read here, where accents and capitals do not count."""
    asked = folded(words).split()
    known = rows.values_list("pk", "name", "subject", "preheader", "campaign")
    return [pk for pk, *said in known if all(word in folded(" ".join(said)) for word in asked)]


def latest_first(rows: QuerySet[Mailing], before: Any = None, size: int = SIZE) -> Page[Mailing]:
    """By the moment they leave; what has none yet, by the moment it was begun. `before`: the last one that was seen."""
    ordered = rows.annotate(moment=Coalesce(F("due_at"), F("made_at"))).order_by("-moment", "-pk")
    cursor = int(before) if isinstance(before, str) and before.isdecimal() and len(before) < 19 else None
    last = Mailing.objects.filter(pk=cursor).first() if cursor is not None else None
    if last is not None:
        moment = last.due_at or last.made_at
        ordered = ordered.filter(Q(moment__lt=moment) | Q(moment=moment, pk__lt=last.pk))
    found: list[Mailing] = list(ordered[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None, last is None)
