"""The facets as a page shows them: the most frequent values, those that are chosen, and whether there are more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lierre.people.directory.facets import DECADE, FACETS, LAST_YEAR, YEARS_IN_A_DECADE, Facet
from lierre.people.directory.question import Question
from lierre.people.directory.sight import Counts, Sight
from lierre.people.directory.values import (
    Value,
    code_label,
    code_value,
    label_of,
    leads_somewhere,
    most_frequent,
)  # fmt: skip
from lierre.people.fold.text import folded

SHOWN: Final = 5
LISTED: Final = 200
Reached = Callable[[Facet, str], int]  # how many a value that is chosen leads to, as if it were alone in its facet


@dataclass(frozen=True, slots=True)
class Panel:
    """One facet. `more` says how many values it has beyond those shown."""

    facet: Facet
    values: list[Value]
    more: int = 0

    @property
    def is_open(self) -> bool:
        return self.facet.stands_open or any(value.chosen for value in self.values)


@dataclass(frozen=True, slots=True)
class Tag:
    """A value that was chosen; `query` is the address without it. Lost when it leads the viewer to nobody."""

    facet: Facet
    value: str
    label: str
    query: str
    lost: bool


def panels(sight: Sight, question: Question, counts: Counts, reached: Reached) -> list[Panel]:
    """Every facet in which the viewer can see something, or has chosen something."""
    found = (panel(sight, facet, question, counts, reached) for facet in FACETS)
    return [each for each in found if each.values]


def panel(sight: Sight, facet: Facet, question: Question, all_counts: Counts, reached: Reached) -> Panel:
    chosen, counts = question.chosen.get(facet.name, ()), all_counts[facet.name]
    if facet.kind == "year":
        values = list(decades(all_counts[DECADE.name], chosen))
        more = int(np.count_nonzero(counts[1:]))
    else:
        known = int(np.count_nonzero(counts[1:]))
        size = SHOWN if known > SHOWN + 2 else known  # a page more for one or two values would be a pity
        best = most_frequent(sight, facet, counts, size)
        values = [value_of(sight, facet, code, counts, chosen) for code in natural(facet, best)]
        more = known - size
    shown = {value.value for value in values}
    values += [
        Value(value, label_of(sight, facet, value), reached(facet, value), chosen=True)
        for value in chosen
        if value not in shown
    ]
    return Panel(facet, values, more)


def natural(facet: Facet, codes: list[int]) -> list[int]:
    """Levels and freshness have an order of their own."""
    return sorted(codes) if facet.kind in {"level", "freshness"} else codes


def value_of(sight: Sight, facet: Facet, code: int, counts: npt.NDArray[Any], chosen: tuple[str, ...] = ()) -> Value:
    value = code_value(sight, facet, code)
    return Value(value, code_label(sight, facet, code), int(counts[code]), value in chosen)


def decades(counts: npt.NDArray[Any], chosen: tuple[str, ...]) -> Iterator[Value]:
    """Ten classes at a time, the latest first. Somebody of two of them is one person."""
    for decade in reversed(np.flatnonzero(counts).tolist()):
        first = decade * YEARS_IN_A_DECADE
        value = f"{first}-{first + YEARS_IN_A_DECADE - 1}"
        if decade:
            yield Value(value, value.replace("-", " – "), int(counts[decade]), value in chosen)


def all_values(
    sight: Sight, facet: Facet, question: Question, counts: npt.NDArray[Any], words: str = ""
) -> list[Value]:
    """The values of one facet that say these words, as many as can be read: classes by year, the rest by frequency."""
    asked = counts.copy()
    for word in folded(words).split():
        asked[~saying(sight, facet, word, len(asked))] = 0
    best = most_frequent(sight, facet, asked, LISTED)
    if facet.kind == "year":
        best.sort(reverse=True)
    chosen = question.chosen.get(facet.name, ())
    return [value_of(sight, facet, code, counts, chosen) for code in natural(facet, best)]


def saying(sight: Sight, facet: Facet, word: str, size: int) -> npt.NDArray[np.bool_]:
    flags = np.zeros(size, bool)
    if facet.kind == "term":
        codes = sight.columns.lexicons[facet.name].codes_saying(word)
    else:
        known = np.arange(1, min(size, LAST_YEAR)) if facet.kind == "year" else np.arange(1, size)
        codes = np.array([code for code in known if word in folded(code_label(sight, facet, int(code)))], np.int64)
    flags[codes[codes < size]] = True
    return flags


def tags(sight: Sight, question: Question) -> list[Tag]:
    """What is chosen, each with the way to take it off."""
    return [
        Tag(
            facet, value, label_of(sight, facet, value), question.removing(facet.name, value).query,
            lost=not leads_somewhere(sight, facet, value),
        )
        for facet in FACETS
        for value in question.chosen.get(facet.name, ())
    ]  # fmt: skip
