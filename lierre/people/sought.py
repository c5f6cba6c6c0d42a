"""Several persons looked for at once in a text: a file is read once, however many are erased."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, Protocol

from lierre.people.fold.text import folded
from lierre.people.marks import Marks

RUN: Final = re.compile(r"\w+")
# Up to so many numbers, each is looked for in turn; beyond, the words of a line are looked up.
FEW: Final = 30


class Naming(Protocol):
    """What tells whether a text names someone: one person, or any of several."""

    def number_in(self, text: str) -> bool: ...
    def are_in(self, text: str) -> bool: ...


class Sought:
    """
    The marks of several persons. The answer is the one that each person’s own marks would give.

    >>> sought = Sought([Marks(frozenset({"+33639980199"}), frozenset({"herve"}), frozenset({"amelie"}))])
    >>> sought.number_in("33;+33639980199;"), sought.number_in("x+336399801990"), sought.are_in("Hervé, Amélie")
    (True, False, True)
    """

    def __init__(self, marks: Iterable[Marks]) -> None:
        self.marks = list(marks)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number.lower() for each in self.marks for number in each.numbers)

    @cached_property
    def by_run(self) -> Mapping[str, list[str]]:
        """The run of letters or figures that tells each number best → the numbers it may announce."""
        found: dict[str, list[str]] = {}
        for number in self.numbers:
            if runs := RUN.findall(telling_part(number)) or RUN.findall(number):
                found.setdefault(max(runs, key=len), []).append(number)
        return found

    @cached_property
    def by_word(self) -> Mapping[str, list[Marks]]:
        """First word of each family name → those who bear it."""
        found: dict[str, list[Marks]] = {}
        for each in self.marks:
            for word in {family.split()[0] for family in each.families if family.strip()}:
                found.setdefault(word, []).append(each)
        return found

    def number_in(self, text: str) -> bool:
        """Whether the text bears an address or a number of any of them."""
        text = text.lower()
        if len(self.numbers) <= FEW:
            return any(number in text and stands_in(text, number) for number in self.numbers)
        announced = self.by_run.keys() & set(RUN.findall(text))
        return any(
            number in text and stands_in(text, number) for run in announced for number in self.by_run[run]
        )  # fmt: skip

    def are_in(self, text: str) -> bool:
        """Whether the text names any of them: a number, or the given name beside the family name."""
        if self.number_in(text):
            return True
        words = set(folded(text).split())
        return any(each.are_in(text) for word in words & self.by_word.keys() for each in self.by_word[word])


def telling_part(number: str) -> str:
    """
    What is theirs in an e-mail or an address of the web: the domain is shared by thousands.

    >>> telling_part("amelie.herve@courriel.example"), telling_part("https://reseau.example/in/amelie-herve/")
    ('amelie.herve', 'amelie-herve')
    """
    return number.rstrip("/").rpartition("/")[2].partition("@")[0]


def stands_in(text: str, number: str) -> bool:
    """Whether this number stands somewhere, neither preceded nor followed by a letter or a figure."""
    return re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text) is not None
