"""Words of names that are nearly the word that was typed."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lierre.people.directory import snapshot
from lierre.people.directory.names import Wanted, Word
from lierre.people.models import NameWord

MOST: Final = 1_000
MOST_WORDS_CORRECTED: Final = 4
# Letters that a word must have before one error, then two, are forgiven.
FORGIVEN: Final = {1: 3, 2: 6}


class Spellings:
    """Every word met in a name, by length. Staff's holds the names of birth and before; the other does not."""

    def __init__(self, hidden_names: bool) -> None:
        began = time.monotonic()
        self.seq = snapshot.current().seq
        self.by_length: dict[int, list[str]] = defaultdict(list)
        words = NameWord.objects.all() if hidden_names else NameWord.objects.filter(hidden=False)
        for word in words.values_list("word", flat=True).iterator(20_000):
            self.by_length[len(word)].append(word)
        self.read_at = time.monotonic()
        self.took = self.read_at - began
        self.near = lru_cache(1_000)(self.compare)

    def is_stale(self) -> bool:
        """Something changed since. Reading may take one hundredth of the time, not more."""
        return self.seq != snapshot.current().seq and time.monotonic() - self.read_at > 100 * self.took

    def compare(self, word: str, errors: int) -> tuple[str, ...]:
        """The words at this distance or less, the word itself left out: the nearest first."""
        if len(word) < FORGIVEN[errors]:
            return ()
        lengths = range(len(word) - errors, len(word) + errors + 1)
        possible = list(chain.from_iterable(self.by_length.get(length, ()) for length in lengths))
        found = process.extract(word, possible, scorer=OSA.distance, score_cutoff=errors, limit=None)
        near = sorted((distance, other) for other, distance, _ in found if other != word)
        return tuple(other for _, other in near[:MOST])


_lock = Lock()


def spellings(hidden_names: bool) -> Spellings:
    kept: dict[bool, Spellings] = snapshot.current().spellings
    with _lock:
        if hidden_names not in kept or kept[hidden_names].is_stale():
            kept[hidden_names] = Spellings(hidden_names)
        return kept[hidden_names]


def corrections(words: Sequence[str], hidden_names: bool) -> Iterator[Wanted]:
    """
    What may have been meant, the likeliest first: one error in one word, one in each, then two.

    A word borne only by people whom the viewer may not see leads to nobody, so it corrects nothing: it is enough to
    take the first of these that finds someone.
    """
    known = spellings(hidden_names)
    for errors in FORGIVEN:
        near = [known.near(word, errors) for word in words[:MOST_WORDS_CORRECTED]]
        near += [()] * (len(words) - len(near))
        for at, others in enumerate(near):
            if others and len(words) > 1:
                yield [[*map(whole, others)] if place == at else [Word(word)] for place, word in enumerate(words)]
        if any(near):
            yield [[Word(word), *map(whole, others)] for word, others in zip(words, near, strict=True)]


def whole(word: str) -> Word:
    return Word(word, whole=True)
