"""What a page shows of a question: how many answer, ten of them, and how many may be written to."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db import transaction

from lierre.foundation.models.journal import record
from lierre.people.directory.columns import Ids
from lierre.people.directory.looks import SAME_READER, seen_lately
from lierre.people.directory.mass import refuse_too_often
from lierre.people.directory.paging import ORDERS, page_of
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import GRADUATES
from lierre.people.models import Segment
from lierre.people.segments.converting import to_search
from lierre.people.segments.evaluating import ids_of
from lierre.people.segments.question import Group
from lierre.people.segments.suppressing import Funnel, funnel
from lierre.people.segments.telling import in_words

SAMPLES: Final = 10


@dataclass(frozen=True)
class Answer:
    """What is not asked for is not computed. `itself`: the segment that asks, when it is kept already."""

    sight: Sight
    question: Group
    itself: int = 0

    @cached_property
    def ids(self) -> Ids:
        return ids_of(self.sight, self.question, (self.itself,) if self.itself else ())

    @property
    def total(self) -> int:
        return len(self.ids)

    @cached_property
    def funnel(self) -> Funnel:
        return funnel(self.ids)

    @property
    def writable(self) -> int:
        return len(self.funnel.kept)

    @cached_property
    def samples(self) -> list[Row]:
        """Ten of them drawn at random, the same as long as the same persons answer, in the order of names."""
        drawn = np.random.default_rng(self.total)
        ids = drawn.choice(self.ids, min(SAMPLES, self.total), replace=False) if self.total else self.ids
        return rows_of(self.sight, page_of(self.sight, ids, ORDERS[0], SAMPLES, None, None).ids)

    @property
    def words(self) -> str:
        return in_words(self.sight, self.question)

    @property
    def search(self) -> str:
        """The address of the directory that shows the same persons; empty when it cannot say so much."""
        found = to_search(self.question)
        return found.query if found else ""

    def in_order(self, *, writable: bool) -> list[int]:
        ids = self.funnel.kept if writable else self.ids
        found: list[int] = page_of(self.sight, ids, ORDERS[0], max(1, len(ids)), None, None).ids
        return found

    def hidden(self, ids: Ids) -> int:
        """Of these, how many graduates may not see."""
        visible = sight_of(GRADUATES).exists
        return len(ids) - int(np.count_nonzero(visible[ids[ids < len(visible)]]))

    def looked_at(self, *, by: Any) -> None:
        """Somebody saw samples: a line in the journal when some of them are hidden, as for any list."""
        hidden = sum(row.hidden_from_graduates for row in self.samples)
        if hidden and not seen_lately("persons.listed", by, SAME_READER).exists():
            with transaction.atomic():
                record("persons.listed", by=by, hidden=hidden, total=self.total)

    def taken_away(self, segment: Segment, ids: list[int], *, form: str, reason: str, by: Any) -> None:
        hidden = self.hidden(np.array(ids, np.int64))
        with transaction.atomic():
            refuse_too_often(len(ids), by=by)
            record(
                "segment.exported", segment, by=by, why=reason, form=form, version=segment.number, total=len(ids),
                hidden=hidden,
            )  # fmt: skip
