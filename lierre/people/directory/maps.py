"""Where the persons found live: France by département, the world by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lierre.people.directory import labels
from lierre.people.directory.answering import Answer
from lierre.people.directory.facets import FACET
from lierre.people.directory.question import Question

LISTED: Final = 12
FRANCE: Final = "FR"


@dataclass(frozen=True, slots=True)
class Place:
    """`query` is the address that narrows to this place."""

    code: str
    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Counts as if no place were chosen. Not everybody's place is known, and the page says so."""

    departments: list[Place]
    countries: list[Place]
    known: int
    abroad: int
    total: int

    @property
    def table(self) -> list[Place]:
        return self.departments[:LISTED]

    @property
    def world(self) -> list[Place]:
        return [place for place in self.countries if place.code != FRANCE][:LISTED]


def places(found: Answer) -> Places:
    departments, countries = found.by_place("department"), found.by_place("country")
    known = sum(countries.values())
    return Places(
        departments=sorted_places("department", departments, found.question),
        countries=sorted_places("country", countries, found.question),
        known=known,
        abroad=known - countries.get(FRANCE, 0),
        total=found.total,
    )


def sorted_places(name: str, counts: Mapping[str, int], question: Question) -> list[Place]:
    """The most frequent first."""
    question, chosen, named = question.from_the_start, question.chosen.get(FACET[name].name, ()), labels.NAMED[name]
    found = [
        Place(code, named(code), count, question.choosing(name, code).query, code in chosen)
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda place: (-place.count, place.label))
