"""From what was typed to persons: by their names, then by what else is known of them, then by names nearly like it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import FACET, TERM_FACETS, Facet
from lierre.people.directory.names import Wanted, beginning_with
from lierre.people.directory.neighbours import corrections
from lierre.people.directory.sight import Flags, Sight
from lierre.people.directory.spelling import cut_anywhere, spelled_otherwise
from lierre.people.directory.studies import passing, passing_beside
from lierre.people.directory.values import Value, code_label, code_value, most_frequent, years_of

SUGGESTED: Final = 4
FEWEST_LETTERS: Final = 3  # of one word at least: fewer say nothing of a degree or an employer


class How(Enum):
    """Why these persons are shown."""

    EVERYBODY = "everybody"
    NAMED = "named"
    SAID = "said"  # an employer, a degree, an occupation… says these words
    NEARLY = "nearly"  # a typing error was forgiven
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Found:
    """`ids` is None when nothing was typed: everybody."""

    ids: Ids | None
    how: How


def find(sight: Sight, words: Sequence[str]) -> Found:
    """Whom these words mean, among those who exist for the viewer. The chosen facets come afterwards."""
    if not words:
        return Found(None, How.EVERYBODY)
    # One letter begins a fifth of all names: it is understood as an initial.
    is_initial = len(words) == 1 and len(words[0]) == 1
    ids = sight.among(sight.columns.sorted_under(words[0])) if is_initial else named(sight, words)
    if len(ids):
        return Found(ids, How.NAMED)
    ids = persons_saying(sight, words)
    if len(ids):
        return Found(ids, How.SAID)
    ids = all_named(sight, cut_anywhere(words))
    if len(ids):
        return Found(ids, How.NEARLY)
    for wanted in corrections(words, sight.bearers, sight.viewer.everything):
        ids = sight.named(wanted)
        if len(ids):
            return Found(ids, How.NEARLY)
    return Found(ids, How.NOBODY)


def named(sight: Sight, words: Sequence[str]) -> Ids:
    """Le Goff and Legoff are looked for together: few know how the other writes it."""
    return all_named(sight, [beginning_with(words), *spelled_otherwise(words)])


def all_named(sight: Sight, some: Iterable[Wanted]) -> Ids:
    """All who bear the names of one of these, in the order of their numbers."""
    found = [ids for wanted in some if len(ids := sight.named(wanted))]
    return np.unique(np.concatenate(found)) if len(found) > 1 else found[0] if found else np.zeros(0, np.int64)


def persons_saying(sight: Sight, words: Sequence[str]) -> Ids:
    """Each word begins one of their names, or a word of something they show. The longest leaves fewest to look at."""
    ids = sight.everybody
    for word in sorted(words, key=len, reverse=True):
        if not len(ids):
            break
        ids = ids[saying(sight, word, ids)]
    return ids


def saying(sight: Sight, word: str, ids: Ids) -> Flags:
    """Whether each of these persons does."""
    named = np.zeros(len(sight.exists), bool)
    named[sight.named(beginning_with([word]))] = True
    flags = named[ids]
    for facet, codes in meanings(sight, word):
        flags |= passing(sight, facet, codes, ids)
        if facet.of_study:
            flags |= sight.who_studied(passing_beside(sight, facet, codes))[ids]
    return flags


def meanings(sight: Sight, word: str) -> list[tuple[Facet, npt.NDArray[Any]]]:
    """The facets one value of which says this word, with the codes of these values."""
    found: list[tuple[Facet, npt.NDArray[Any]]] = []
    if word.isdigit():
        years = years_of(word)
        return [(FACET["year"], years)] if years[0] > 0 else found
    for facet in TERM_FACETS:
        codes = sight.columns.lexicons[facet.name].codes_saying(word)
        if len(codes):
            found.append((facet, codes))
    return found


def suggested(sight: Sight, words: Sequence[str]) -> list[tuple[Facet, Value]]:
    """Values of facets that say all these words: the most frequent first, and none that leads the viewer to nobody."""
    if not words or max(map(len, words)) < FEWEST_LETTERS:
        return []
    found = []
    for facet in TERM_FACETS:
        counts = sight.plain_counts[facet.name]
        codes = sight.columns.lexicons[facet.name].codes_saying_all(words)
        best = most_frequent(sight, facet, counts, SUGGESTED, among=codes[codes < len(counts)])
        found += [(int(counts[code]), facet, code) for code in best]
    found.sort(key=lambda one: (-one[0], one[1].name, code_label(sight, one[1], one[2])))
    return [
        (facet, Value(code_value(sight, facet, code), code_label(sight, facet, code), count))
        for count, facet, code in found[:SUGGESTED]
    ]
