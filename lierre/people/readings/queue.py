"""The queue of possible duplicates, as its page shows it and as it leaves the house."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from lierre.foundation.charts.words import number
from lierre.people.duplicates.queue import asked
from lierre.people.models import Suspicion
from lierre.people.models.suspicion import SuspicionQuerySet
from lierre.people.readings.clues import told
from lierre.people.readings.wording import date_in_words

SIZE: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One pair, with what makes the two names tell apart."""

    pair: Suspicion
    why: str

    @property
    def low(self) -> tuple[str, str]:
        return str(self.pair.low), detail(self.pair.low)

    @property
    def high(self) -> tuple[str, str]:
        return str(self.pair.high), detail(self.pair.high)

    @property
    def sureness(self) -> str:
        """Never “100 %”: no machine is that sure."""
        return number(min(99.9, self.pair.probability * 100), "%", 1 if self.pair.probability > 0.99 else 0)


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    older: str  # where the next page begins; empty on the last one
    is_first: bool


def detail(person: Any) -> str:
    entry = getattr(person, "entry", None)
    year = _("class of %(year)d") % {"year": entry.year} if entry and entry.year else ""
    born = _("born %(day)s") % {"day": date_in_words(person.born)} if person.born else ""
    return ", ".join(filter(None, [born, year]))


def page_of(pairs: SuspicionQuerySet, cursor: str, size: int = SIZE) -> Page:
    """In the order of the queue; the cursor is what the last pair was worth, and its number."""
    worth, _dot, last = cursor.partition("_")
    if last.isdecimal():
        try:
            pairs = pairs.filter(Q(worth__lt=float(worth)) | Q(worth=float(worth), pk__gt=int(last)))
        except (ValueError, OverflowError):
            cursor = ""
    found = list(pairs.select_related("low__entry", "high__entry", "held_by").in_order()[: size + 1])
    shown = found[:size]
    older = f"{shown[-1].worth!r}_{shown[-1].pk}" if len(found) > size else ""
    return Page([Line(pair, told(pair.weights)) for pair in shown], older, not cursor)


def after(pair: Suspicion, filters: Mapping[str, str], user: Any) -> Suspicion | None:
    """The next one in the queue, for whoever wants to look without answering."""
    later = Q(worth__lt=pair.worth) | Q(worth=pair.worth, pk__gt=pair.pk)
    return asked(filters).filter(later).free_for(user).in_order().first()


def rows_to_take_away(pairs: SuspicionQuerySet) -> tuple[list[str], Iterator[Sequence[Any]]]:
    header = [
        _("first person"), _("address of the first"), _("born"), _("second person"), _("address of the second"), _("born"),
        _("probability"), _("why"), _("state"), _("found on"), _("decided by"), _("decided on"),
    ]  # fmt: skip
    return header, rows_of(pairs)


def rows_of(pairs: SuspicionQuerySet) -> Iterator[Sequence[Any]]:
    for pair in pairs.with_persons().in_order().iterator(chunk_size=500):
        yield [
            str(pair.low), pair.low.public_id, pair.low.born, str(pair.high), pair.high.public_id, pair.high.born,
            round(pair.probability, 4), told(pair.weights), pair.get_state_display(), pair.found_at, pair.judged_by,
            pair.judged_at,
        ]  # fmt: skip
