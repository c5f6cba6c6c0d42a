"""Words of names that are nearly the word that was typed."""

from collections.abc import Iterator, Sequence
from typing import Final

from lierre.people.directory.bearers import Bearers
from lierre.people.directory.names import Wanted, Word

MOST: Final = 1_000
MOST_WORDS_CORRECTED: Final = 4
# Letters that a word must have before one error, then two, are forgiven.
FORGIVEN: Final = {1: 3, 2: 6}


def corrections(words: Sequence[str], bearers: Bearers, hidden_names: bool) -> Iterator[Wanted]:
    """
    What may have been meant, the likeliest first: one error in one word, one in each, then two.

    A word borne only by people whom the viewer may not see leads to nobody, so it corrects nothing: it is enough to
    take the first of these that finds someone.
    """
    for errors in FORGIVEN:
        near = [nearest(word, errors, bearers, hidden_names) for word in words[:MOST_WORDS_CORRECTED]]
        near += [[]] * (len(words) - len(near))
        for at, others in enumerate(near):
            if others and len(words) > 1:
                yield [others if place == at else [Word(word)] for place, word in enumerate(words)]
        if any(near):
            yield [[Word(word), *others] for word, others in zip(words, near, strict=True)]


def nearest(word: str, errors: int, bearers: Bearers, hidden_names: bool) -> list[Word]:
    """The words at this distance or less: the nearest first."""
    if len(word) < FORGIVEN[errors]:
        return []
    near = sorted(set(bearers.near(word, errors, hidden_names)))
    return [Word(other, whole=True) for _, other in near[:MOST]]
