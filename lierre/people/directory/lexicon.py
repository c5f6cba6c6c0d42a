"""The terms of one facet, each under a small number, so that counting is adding up an array."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, repeat
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import get_language

from lierre.people.directory.labels import shown
from lierre.people.facts import LEVELS
from lierre.people.fold.text import folded

Numbers = npt.NDArray[Any]
LEVEL_NAMES: Final = ("", *LEVELS)
LAST_LETTER: Final = chr(0x10FFFF)
LEVEL_CODE: Final = {name: code for code, name in enumerate(LEVEL_NAMES)}


class Lexicon:
    """Term numbers (48 bits) ↔ codes (0, 1, 2…), and what each is called."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.numbers: list[int] = [0]
        self.code_of: dict[int, int] = {0: 0}
        self.labels: dict[int, str] = {}
        self.names: Mapping[str, str] = {}  # of what is spelled as a code that the house itself named
        self.spellings = 0  # how often a spelling was learnt
        self._plain: Plain | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def encode(self, numbers: Sequence[int]) -> Numbers:
        """The codes of these terms. Those never met before are given the next ones."""
        found = np.fromiter(map(self.code_of.get, numbers, repeat(-1)), np.int32, len(numbers))
        for at in np.flatnonzero(found < 0):
            found[at] = self.code(numbers[int(at)])
        return found

    def code(self, number: int) -> int:
        if number not in self.code_of:
            self.code_of[number] = len(self.numbers)
            self.numbers.append(number)
        return self.code_of[number]

    def name(self, numbers_and_labels: Iterable[tuple[int, str]]) -> None:
        """Learn how terms are spelled."""
        for number, label in numbers_and_labels:
            if self.labels.get(number) != label:
                self.labels[number] = label
                self.spellings += 1

    def value(self, code: int) -> str:
        """As it is written in addresses: its own spelling, a code for occupations and places."""
        return self.labels.get(self.numbers[code], "")

    def label(self, code: int) -> str:
        return self.called(self.value(code))

    def label_of(self, number: int | None) -> str:
        """What a term is called; nothing for one that has just appeared, until it is read."""
        return self.called(self.labels.get(number or 0, ""))

    def called(self, spelling: str) -> str:
        return self.names.get(spelling) or shown(self.kind, spelling)

    def codes_saying(self, word: str) -> Numbers:
        """The terms one word of which begins like this one (which has neither capitals nor accents)."""
        return self.plain.saying(word)

    def codes_saying_all(self, words: Sequence[str]) -> Numbers:
        """The terms that say each of these words, in any order."""
        plain = self.plain
        first, *others = sorted(words, key=len, reverse=True)  # the longest says the fewest
        found = plain.saying(first)
        for word in others:
            found = np.intersect1d(found, plain.saying(word), assume_unique=True) if len(found) else found
        return found

    @property
    def plain(self) -> "Plain":
        key = (get_language(), len(self.numbers), self.spellings)
        if self._plain is None or self._plain.key != key:
            self._plain = Plain(key, [folded(self.label(code)) if code else "" for code in range(len(self.numbers))])
        return self._plain


class Plain:
    """All labels without case nor accents: the words they say, as an index at the end of a book, and their order."""

    def __init__(self, key: tuple[Any, ...], labels: Sequence[str]) -> None:
        self.key = key
        pages: dict[str, list[int]] = {}  # word → the codes of the labels that say it
        for code, label in enumerate(labels):
            for word in label.split():
                pages.setdefault(word, []).append(code)
        self.words = sorted(pages)
        self.codes = np.fromiter(chain.from_iterable(map(pages.__getitem__, self.words)), np.int64)
        self.starts = list(accumulate((len(pages[word]) for word in self.words), initial=0))
        self.alphabet = np.empty(len(labels), np.int64)  # code → place in the order of the alphabet
        self.alphabet[sorted(range(len(labels)), key=labels.__getitem__)] = np.arange(len(labels))

    def saying(self, beginning: str) -> Numbers:
        """The codes of the labels one word of which begins so, in order, each once."""
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + LAST_LETTER, lo=first)
        return np.unique(self.codes[self.starts[first] : self.starts[last]])
