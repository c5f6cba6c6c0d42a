"""One name, written in one word or in several: Le Goff and Legoff, D’Hervé and Dherve, Anne-Lise and Annelise."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product
from typing import Final

from lierre.people.directory.names import Wanted, Word, beginning_with

# Little words that open family names, in Brittany and around: what follows them is often written without a space.
OPENING: Final = (
    "le", "la", "l", "de", "du", "des", "d", "ar", "an", "ty", "van", "von", "der", "den", "di", "da", "dos", "del", "o",
    "n", "mac", "mc", "ben", "el", "al", "saint", "st",
)  # fmt: skip
FEWEST: Final = 3  # letters of what follows: fewer would begin half of all names
MOST: Final = 8
Parts = tuple[Word, ...]


def spelled_otherwise(words: Sequence[str]) -> Iterator[Wanted]:
    """
    Other ways to write the same names, the little words apart, then joined to what follows.

    >>> [[word.text for (word,) in wanted] for wanted in spelled_otherwise(["legoff", "yann"])]
    [['le', 'goff', 'yann'], ['l', 'egoff', 'yann']]
    >>> [[word.text for (word,) in wanted] for wanted in spelled_otherwise(["le", "goff"])]
    [['legoff']]
    """
    ways = product(*([(Word(word),), *parted(word)] for word in words))
    for parts in islice(ways, 1, MOST):  # the first is what was typed
        yield [[word] for some in parts for word in some]
    for place, (word, following) in enumerate(pairwise(words)):
        if word in OPENING:
            yield beginning_with([*words[:place], word + following, *words[place + 2 :]])


def parted(word: str) -> Iterator[Parts]:
    """
    >>> [[part.text for part in parts] for parts in parted("vandermeer")]
    [['van', 'dermeer'], ['van', 'de', 'rmeer'], ['van', 'd', 'ermeer'], ['van', 'der', 'meer']]
    """
    for opening in OPENING:
        rest = word.removeprefix(opening)
        if rest != word and len(rest) >= FEWEST:
            yield Word(opening, whole=True), Word(rest)
            yield from ((Word(opening, whole=True), *further) for further in parted(rest))


def cut_anywhere(words: Sequence[str]) -> Iterator[Wanted]:
    """
    When nobody bears a word, it may be two of them: given names, most of the time.

    >>> [[word.text for (word,) in wanted] for wanted in cut_anywhere(["annelise"])][2:4]
    [['anne', 'lise'], ['annel', 'ise']]
    """
    for place, word in enumerate(words):
        around = beginning_with(words[:place]), beginning_with(words[place + 1 :])
        for at in range(2, len(word) - 1):
            yield [*around[0], [Word(word[:at], whole=True)], [Word(word[at:])], *around[1]]
