"""Words in the order of the alphabet, each with the numbers of the persons who bear it."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from lierre.people.directory.names import Word

Persons = npt.NDArray[np.int32]
Numbers = npt.NDArray[Any]
LAST_LETTER: Final = "\U0010ffff"
HALF: Final = 32  # bits: of a key that sorts by word, then by person


class Postings:
    """`persons[starts[n]:starts[n + 1]]` bear the word `n`."""

    def __init__(self, words: list[str], persons: Persons, starts: Numbers) -> None:
        self.words, self.persons, self.starts = words, persons, starts
        self.lengths = np.fromiter(map(len, words), np.int32, len(words))
        self.letters = np.fromiter(map(letters_of, words), np.uint32, len(words))

    @classmethod
    def of_words(cls, words: list[str]) -> Self:
        """Words only, to be compared."""
        return cls(words, np.zeros(0, np.int32), np.zeros(len(words) + 1, np.int64))

    def bearing(self, word: Word) -> Persons:
        """Somebody who bears two words that begin like this one is there twice."""
        first = bisect_left(self.words, word.text)
        if not word.whole:
            last = bisect_left(self.words, word.text + LAST_LETTER, first)
        else:
            last = first + (self.words[first : first + 1] == [word.text])
        return self.persons[self.starts[first] : self.starts[last]]

    def near(self, word: str, errors: int) -> Iterator[tuple[int, str]]:
        """
        Words within so many errors, with how many.

        One error adds one letter to those of a word at most, and takes one away at most: this leaves a few to compare.
        """
        letters = np.uint32(letters_of(word))
        possible = abs(self.lengths - len(word)) <= errors
        possible &= np.bitwise_count(self.letters & ~letters) <= errors
        possible &= np.bitwise_count(~self.letters & letters) <= errors
        others = [self.words[at] for at in np.flatnonzero(possible)]
        for other, distance, _ in process.extract(word, others, scorer=OSA.distance, score_cutoff=errors, limit=None):
            if other != word:
                yield int(distance), other


class Gathering:
    """What is heard of names, slice after slice, before it is put in order."""

    def __init__(self) -> None:
        self.code_of: defaultdict[str, int] = defaultdict()
        self.code_of.default_factory = self.code_of.__len__
        self.codes, self.persons = array("i"), array("i")  # which grow in place

    def take(self, person_ids: Numbers, names: Sequence[str]) -> None:
        """The words of each of these persons."""
        words = " ".join(names).split()
        counts = np.fromiter((name.count(" ") + 1 if name else 0 for name in names), np.int64, len(names))
        if counts.sum() > len(words):  # some have more than one space between them
            counts = np.fromiter((len(name.split()) for name in names), np.int64, len(names))
        codes = map(self.code_of.__getitem__, words)
        self.codes.frombytes(np.fromiter(codes, np.int32, int(counts.sum())).tobytes())
        self.persons.frombytes(np.repeat(person_ids.astype(np.int32), counts).tobytes())

    def postings(self) -> Postings:
        words = sorted(self.code_of)
        if not words:
            return Postings.of_words([])
        place = np.empty(len(words), np.int64)  # code → place in the alphabet
        place[[self.code_of[word] for word in words]] = np.arange(len(words))
        keys = place[np.frombuffer(self.codes, np.int32)]
        keys <<= HALF
        keys |= np.frombuffer(self.persons, np.int32)
        keys.sort()
        starts = np.searchsorted(keys, np.arange(len(words) + 1) << HALF)
        return Postings(words, (keys & ((1 << HALF) - 1)).astype(np.int32), starts)


def letters_of(word: str) -> int:
    """
    Which letters a word has, one bit each; two signs may share one.

    >>> letters_of("abba") == letters_of("ab"), letters_of("ab") == letters_of("abc")
    (True, False)
    """
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
