"""The answer to a question: how many, who, and what else could be chosen. Pages, commands and exports all ask here."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lierre.people.directory import snapshot
from lierre.people.directory.columns import Ids
from lierre.people.directory.counting import Chosen, count, reached
from lierre.people.directory.facets import FACET, STUDY_FACETS, Facet
from lierre.people.directory.paging import SIZE, Page, page_of
from lierre.people.directory.panels import Panel, Tag, all_values, panels, tags
from lierre.people.directory.question import Question
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.searching import How, find, suggested
from lierre.people.directory.sight import Counts, Sight
from lierre.people.directory.values import Value, codes_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person


@dataclass(frozen=True)
class Answer:
    """`ids` are all the persons found, in no order, `within` those whom the words mean. What is not asked for is not computed."""

    question: Question
    sight: Sight
    how: How
    ids: Ids
    counts: Counts
    size: int = SIZE
    within: Ids | None = None

    @property
    def total(self) -> int:
        return len(self.ids)

    @cached_property
    def page(self) -> Page:
        after, before = (person_of(cursor) for cursor in (self.question.after, self.question.before))
        return page_of(self.sight, self.ids, self.question.order, self.size, after, before)

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.sight, self.page.ids)

    @property
    def last(self) -> int:
        """The place of the last person of the page."""
        return self.page.first + len(self.page.ids) - 1

    @property
    def next(self) -> str:
        return replace(self.question, after=self.rows[-1].public_id, before="").query

    @property
    def previous(self) -> str:
        return replace(self.question, after="", before=self.rows[0].public_id).query

    @property
    def degrees_asked(self) -> int:
        """In how many facets of studies something is chosen."""
        return sum(facet.name in self.question.chosen for facet in STUDY_FACETS)

    @property
    def marked(self) -> list[str]:
        """The words to mark in what is shown: those that were not found in names."""
        return self.question.words if self.how is How.SAID else []

    @cached_property
    def panels(self) -> list[Panel]:
        return panels(self.sight, self.question, self.counts, self.reached)

    @cached_property
    def tags(self) -> list[Tag]:
        return tags(self.sight, self.question)

    @cached_property
    def suggested(self) -> list[tuple[Facet, Value]]:
        """Employers, degrees… that say what was typed, none of which is chosen already."""
        if self.how is How.SAID and len(self.question.words) > 1:
            return []
        found = suggested(self.sight, self.question.words)
        return [(facet, value) for facet, value in found if value.value not in self.question.chosen.get(facet.name, ())]

    def values(self, facet: Facet, words: str = "") -> list[Value]:
        return all_values(self.sight, facet, self.question, self.counts[facet.name], words)

    def reached(self, facet: Facet, value: str) -> int:
        """How many are found with this value, were it the only one of its facet."""
        return reached(self.sight, self.within, chosen_in(self.sight, self.question.choosing(facet.name, value)))

    def by_place(self, name: str) -> dict[str, int]:
        """How many live in each département, or country: code → number."""
        lexicon, counts = self.sight.columns.lexicons[name], self.counts[name]
        return {lexicon.value(int(code)).upper(): int(counts[code]) for code in np.flatnonzero(counts) if code}

    def all_ids(self) -> list[int]:
        """Everybody found, in the order asked for."""
        return page_of(self.sight, self.ids, self.question.order, max(1, self.total)).ids


def answer(question: Question, viewer: Viewer, size: int = SIZE) -> Answer:
    """Ask the directory. Only what this viewer may see is counted, compared or shown."""
    return answer_within(snapshot.sight_of(viewer), question, size)


def answer_within(sight: Sight, question: Question, size: int = SIZE) -> Answer:
    """For a page that asks several times: what is seen is brought in step with the base once."""
    found = find(sight, question.words)
    counted = count(sight, found.ids, chosen_in(sight, question))
    return Answer(question, sight, found.how, counted.ids, counted.counts, size, found.ids)


def chosen_in(sight: Sight, question: Question) -> Chosen:
    return {
        name: np.concatenate([codes_of(sight, FACET[name], value) for value in values])
        for name, values in question.chosen.items()
    }


def person_of(cursor: str) -> int | None:
    if not cursor:
        return None
    return Person.objects.filter(public_id=cursor).values_list("id", flat=True).first()
