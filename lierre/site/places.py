"""Where graduates are, as someone may see it: the employers, degrees, départements and countries met most often."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from lierre.people.directory.answering import answer_within
from lierre.people.directory.facets import FACET
from lierre.people.directory.question import Question
from lierre.people.directory.sight import Sight
from lierre.people.directory.values import Value

MOST: Final = 5
ASKED: Final = ("employer", "degree", "department", "country")


@dataclass(frozen=True, slots=True)
class List:
    """One facet; each value leads to those who are counted."""

    label: str | Promise
    parameter: str
    values: list[Value]


def places_for(sight: Sight) -> list[List]:
    """Without those that would say nothing."""
    found = answer_within(sight, Question())
    shown = {panel.facet.name: panel.values for panel in found.panels}
    lists = [List(FACET[name].label, FACET[name].parameter, shown.get(name, [])[:MOST]) for name in ASKED]
    return [each for each in lists if each.values]
