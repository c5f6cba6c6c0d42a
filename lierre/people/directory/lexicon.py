"""The terms of one facet, each under a small number, so that counting is adding up an array."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import get_language

from lierre.people.directory.labels import shown
from lierre.people.facts import LEVELS
from lierre.people.fold.text import folded

Numbers = npt.NDArray[Any]
LEVEL_NAMES: Final = ("", *LEVELS)
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
        plain, places = self.plain, []
        at = plain.text.find(" " + word)
        while at >= 0:
            places.append(at)
            at = plain.text.find(" " + word, at + 1)
        return np.unique(np.searchsorted(plain.starts, places, side="right") - 1)

    def codes_saying_all(self, words: Sequence[str]) -> Numbers:
        """The terms that say each of these words, in any order."""
        longest = max(words, key=len)
        found, lines = self.codes_saying(longest), self.plain.lines
        kept = [code for code in found if all(f" {word}" in lines[code] for word in words)]
        return np.array(kept, np.int64)

    @property
    def plain(self) -> "Plain":
        key = (get_language(), len(self.numbers), self.spellings)
        if self._plain is None or self._plain.key != key:
            self._plain = Plain(key, [folded(self.label(code)) if code else "" for code in range(len(self.numbers))])
        return self._plain


class Plain:
    """All labels without case nor accents, in one text that is looked through in no time, and their order."""

    def __init__(self, key: tuple[Any, ...], labels: Sequence[str]) -> None:
        self.key = key
        lines = [f" {label}\n" for label in labels]
        self.lines = lines
        self.text = "".join(lines)
        self.starts = np.cumsum([0, *map(len, lines[:-1])])
        self.alphabet = np.empty(len(labels), np.int64)  # code → place in the order of the alphabet
        self.alphabet[sorted(range(len(labels)), key=labels.__getitem__)] = np.arange(len(labels))
