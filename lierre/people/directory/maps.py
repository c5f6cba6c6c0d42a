"""Where the persons found live: France by département, the world by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus

from lierre.people.directory import labels
from lierre.people.directory.answering import Answer
from lierre.people.directory.facets import FACET
from lierre.people.directory.question import Question

FRANCE: Final = "FR"


@dataclass(frozen=True, slots=True)
class Place:
    """`query` is the address that narrows to this place, or no longer does when it is chosen."""

    code: str
    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Counts as if no place were chosen, the most frequent first. `total`: all persons, also those of no known place."""

    departments: list[Place]
    countries: list[Place]
    known: int
    abroad: int
    total: int


def places(found: Answer) -> Places:
    departments, countries = found.by_place("department"), found.by_place("country")
    known = sum(countries.values())
    return Places(
        departments=sorted_places("department", departments, found.question),
        countries=sorted_places("country", countries, found.question),
        known=known,
        abroad=known - countries.get(FRANCE, 0),
        total=int(found.counts["country"].sum()),
    )


def sorted_places(name: str, counts: Mapping[str, int], question: Question) -> list[Place]:
    facet, named = FACET[name], labels.NAMED[name]
    chosen = {value.upper(): value for value in question.chosen.get(name, ())}
    # Written once: there may be three hundred places.
    start = "".join(f"{name}={quote_plus(value)}&" for name, value in question.from_the_start.pairs)
    found = [
        Place(
            code,
            named(code),
            count,
            question.removing(name, chosen[code]).query
            if code in chosen
            else f"{start}{facet.parameter}={quote_plus(code)}",
            code in chosen,
        )
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda place: (-place.count, place.label))
