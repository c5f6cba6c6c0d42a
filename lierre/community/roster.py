"""People who have something in common, as a list shows them: searched among themselves, page by page as the directory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Self
from urllib.parse import urlencode

import numpy as np
from django.db import models, transaction
from django.http import QueryDict

from lierre.foundation.models.journal import record
from lierre.people.directory.answering import person_of
from lierre.people.directory.columns import Ids
from lierre.people.directory.looks import SAME_READER, seen_lately
from lierre.people.directory.mass import is_mass
from lierre.people.directory.names import beginning_with, words_of
from lierre.people.directory.neighbours import corrections
from lierre.people.directory.paging import ORDERS, Page, page_of
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.searching import saying
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import GRADUATES

SIZE: Final = 40
LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says of a list: `text` is typed, the cursors are public identifiers, `kept` is what else it says."""

    text: str = ""
    after: str = ""
    before: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, query: QueryDict, *kept: str) -> Self:
        """
        >>> Asked.read(QueryDict("q=le+goff&etat=manquants&apres=bcd&x=y"), "etat")
        Asked(text='le goff', after='bcd', before='', kept=(('etat', 'manquants'),))
        """
        text = " ".join(query.get("q", "")[:LONGEST].replace("\0", " ").split())
        others = tuple((name, str(query[name])[:LONGEST]) for name in kept if query.get(name))
        return cls(text, query.get("apres", "")[:12], query.get("avant", "")[:12], others)

    @property
    def query(self) -> str:
        pairs = [("q", self.text), *self.kept, ("apres", self.after), ("avant", self.before)]
        return urlencode([(name, value) for name, value in pairs if value])

    @property
    def from_the_start(self) -> "Asked":
        return replace(self, after="", before="")


NOTHING: Final = Asked()


@dataclass(frozen=True)
class Roster:
    """
    `everybody`: those of the list who exist for whoever looks. `size` of them stand on a page, by name.

    `also`: others whom the page names, read in the same question: public identifier → number. `brief`: no position.
    """

    sight: Sight
    everybody: Ids
    asked: Asked = NOTHING
    size: int = SIZE
    also: Mapping[str, int] = field(default_factory=dict)
    brief: bool = False

    @classmethod
    def of(cls, sight: Sight, numbers: Iterable[int], asked: Asked, **how: Any) -> Self:
        return cls(sight, sight.among(np.array(sorted(numbers), np.int64)), asked, **how)

    @cached_property
    def ids(self) -> Ids:
        """Those who answer what was typed, in no order."""
        return within(self.sight, words_of(self.asked.text), self.everybody)

    @property
    def total(self) -> int:
        return len(self.ids)

    @cached_property
    def page(self) -> Page:
        after, before = person_of(self.asked.after), person_of(self.asked.before)
        return page_of(self.sight, self.ids, ORDERS[0], self.size, after, before)

    @cached_property
    def read(self) -> list[Row]:
        return rows_of(self.sight, [*self.page.ids, *self.also.values()], self.brief)

    @cached_property
    def rows(self) -> list[Row]:
        """This page of them."""
        return [row for row in self.read if row.public_id not in self.also]

    @property
    def others(self) -> list[Row]:
        return [row for row in self.read if row.public_id in self.also]

    @property
    def pages(self) -> bool:
        """Whether there is another page."""
        return not (self.page.is_first and self.page.is_last)

    @property
    def is_searched(self) -> bool:
        """Whether something is typed, or there are so many that something may be."""
        return bool(self.asked.text) or len(self.everybody) > self.size

    @property
    def is_long(self) -> bool:
        """Whether taking it away asks for a reason."""
        return is_mass(self.total)

    @property
    def last(self) -> int:
        """The place of the last person of the page."""
        return self.page.first + len(self.page.ids) - 1

    @property
    def next(self) -> str:
        return replace(self.asked, after=self.rows[-1].public_id if self.rows else "", before="").query

    @property
    def previous(self) -> str:
        return replace(self.asked, after="", before=self.rows[0].public_id if self.rows else "").query

    def in_order(self) -> list[int]:
        """All of them, by name."""
        return page_of(self.sight, self.ids, ORDERS[0], max(1, self.total)).ids

    @property
    def hidden(self) -> int:
        """How many of them other graduates may not see."""
        visible = sight_of(GRADUATES).exists
        return self.total - int(np.count_nonzero(visible[self.ids[self.ids < len(visible)]]))

    def looked_at(self, on: models.Model, *, by: Any) -> None:
        """Somebody who sees everything saw a page of it: one line in ten minutes when some of them hide, as for any list."""
        hidden = sum(row.hidden_from_graduates for row in self.rows)
        if hidden and not seen_lately("persons.listed", by, SAME_READER).exists():
            with transaction.atomic():
                record("persons.listed", on, by=by, hidden=hidden, total=self.total)


def within(sight: Sight, words: Sequence[str], everybody: Ids) -> Ids:
    """Whom these words mean among them: by their names, then by what they show, then by names nearly like it."""
    if not words or not len(everybody):
        return everybody
    if len(words) == 1 and len(words[0]) == 1:  # an initial
        return np.intersect1d(everybody, sight.columns.sorted_under(words[0]))
    found = np.intersect1d(everybody, sight.named(beginning_with(words)))
    if len(found):
        return found
    found = everybody
    for word in words:
        found = found[saying(sight, word, found)]
    if len(found):
        return found
    for wanted in corrections(words, sight.bearers, sight.viewer.everything):
        found = np.intersect1d(everybody, sight.named(wanted))
        if len(found):
            break
    return found
