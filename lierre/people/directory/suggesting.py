"""What the search box and the palette propose while someone types."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from django.http import HttpRequest
from django.urls import reverse

from lierre.people.directory import snapshot
from lierre.people.directory.facets import Facet
from lierre.people.directory.names import beginning_with, words_of
from lierre.people.directory.paging import page_of
from lierre.people.directory.question import Question
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.searching import find, named, suggested
from lierre.people.directory.sight import Sight
from lierre.people.directory.values import Value
from lierre.people.directory.viewer import Viewer

PERSONS: Final = 6
# One letter begins a fifth of all names.
FEWEST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`detail` says who or what it is, beside the label."""

    label: str
    detail: str
    address: str


def suggestions(viewer: Viewer, text: str) -> list[Suggestion]:
    """Persons whose names begin like this, then the employers, degrees… that say it."""
    words = words_of(text)
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    sight = snapshot.sight_of(viewer)
    rows = rows_of(sight, first_named(sight, words), brief=True)
    return [*map(of_row, rows), *(of_value(facet, value) for facet, value in suggested(sight, words))]


def first_named(sight: Sight, words: list[str]) -> list[int]:
    """Those whose family name begins like one of the words, when there are enough of them, else all who are named so."""
    if len(words) == 1:
        ids = sight.columns.first_of(sight.exists, PERSONS, words[0])
        if len(ids) >= PERSONS:
            return page_of(sight, ids, "nom", PERSONS).ids
    ids = sight.named(beginning_with(words))
    if len(ids) < PERSONS:
        ids = named(sight, words)
    first = ids[np.logical_or.reduce([sight.columns.stand_under(ids, word) for word in words])]
    return page_of(sight, first if len(first) >= PERSONS else ids, "nom", PERSONS).ids


def find_persons(request: HttpRequest, query: str) -> list[Suggestion]:
    """For the palette: the persons that a few words mean, typing errors forgiven."""
    words = words_of(query)
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    sight = snapshot.sight_of(Viewer.of(request.user))
    return [of_row(row) for row in first_rows(sight, words)]


def first_rows(sight: Sight, words: list[str]) -> list[Row]:
    ids = find(sight, words).ids
    return rows_of(sight, page_of(sight, ids, "nom", PERSONS).ids, brief=True) if ids is not None else []


def of_row(row: Row) -> Suggestion:
    return Suggestion(row.name, row.studied or row.doing, row.address)


def of_value(facet: Facet, value: Value) -> Suggestion:
    asked = Question().choosing(facet.name, value.value)
    return Suggestion(value.label, f"{facet.label} ({value.count})", f"{reverse('people:directory')}?{asked.query}")
