"""What was typed, as the words of a name."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from lierre.people.fold.text import folded, words_in

MOST_WORDS: Final = 8
LONGEST: Final = 50
SAYS_SOMETHING: Final = re.compile(r"\w")


class Word(NamedTuple):
    """Whole, or only the beginning of one."""

    text: str
    whole: bool = False


Wanted = Sequence[Sequence[Word]]  # of each sequence, one word at least


def words_of(text: str) -> list[str]:
    """
    What is looked for, in any order, without case nor accents.

    >>> words_of("  Hervé-Cariou, AMÉLIE… ")
    ['herve', 'cariou', 'amelie']
    """
    found = dict.fromkeys(word[:LONGEST] for word in words_in(folded(text)) if SAYS_SOMETHING.search(word))
    return list(found)[:MOST_WORDS]


def beginning_with(words: Sequence[str]) -> Wanted:
    return [[Word(word)] for word in words]
