"""What names someone in a text: addresses and numbers that are theirs alone, and the names they bear."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

from lierre.people.fold.text import folded
from lierre.people.models import Person, Record

VEIL: Final = "…"
WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Shorter words are particles, or say nothing by themselves.
TELLING: Final = 3
OWN_NUMBERS: Final = ("student_number", "ine", "linkedin", "website")


@dataclass(frozen=True)
class Marks:
    """`numbers`: e-mails, telephones, student numbers. `families` and `given`: every name that was ever said."""

    numbers: frozenset[str]
    families: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(cls, *persons: Person) -> Self:
        """From everything that their records say."""
        records = Record.objects.filter(person__in=persons)
        return cls.in_facts(record.said for record in records)

    @classmethod
    def in_facts(cls, said: Iterable[Mapping[str, Any]]) -> Self:
        numbers: set[str] = set()
        families: set[str] = set()
        given: set[str] = set()
        for facts in said:
            numbers |= {str(facts[name]) for name in OWN_NUMBERS if facts.get(name)}
            numbers |= {contact["value"] for contact in facts.get("contacts", ()) if contact["kind"] != "address"}
            families |= {folded(facts[name]) for name in ("family", "usage", "former") if facts.get(name)}
            given |= {folded(facts["given"])} if facts.get("given") else set()
        return cls(
            frozenset(number for number in numbers if len(number) > TELLING), frozenset(families), frozenset(given)
        )

    @cached_property
    def numbers_pattern(self) -> re.Pattern[str] | None:
        some = "|".join(re.escape(number) for number in sorted(self.numbers, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{some})(?!\w)", re.IGNORECASE) if some else None

    @cached_property
    def whole_names(self) -> frozenset[str]:
        pairs = ((given, family) for given in self.given for family in self.families)
        return frozenset(name for given, family in pairs for name in (f"{given} {family}", f"{family} {given}"))

    @cached_property
    def telling_words(self) -> frozenset[str]:
        return frozenset(word for family in self.families for word in family.split() if len(word) >= TELLING)

    def number_in(self, text: str) -> bool:
        """Whether the text bears an address or a number of theirs."""
        return self.numbers_pattern is not None and self.numbers_pattern.search(text) is not None

    def are_in(self, text: str) -> bool:
        """Whether the text names them: a number, or the given name beside the family name."""
        if self.number_in(text):
            return True
        plain = f" {folded(text)} "
        return any(f" {name} " in plain for name in self.whole_names)

    def veil(self, text: str) -> str:
        """
        The text without what names them, so that it may be kept for ever.

        >>> marks = Marks(frozenset({"amelie@courriel.example"}), frozenset({"herve cariou"}), frozenset({"amelie"}))
        >>> marks.veil("Mme Hervé-Cariou a écrit depuis amelie@courriel.example.")
        'Mme … a écrit depuis ….'
        """
        if self.numbers_pattern is not None:
            text = self.numbers_pattern.sub(VEIL, text)
        return WORD.sub(lambda word: VEIL if self.telling_words & set(folded(word[0]).split()) else word[0], text)


def veiled(reason: str, *persons: Person) -> str:
    """A reason as the journal may keep it: the record keeps the whole of it, and goes with the person."""
    return Marks.of(*persons).veil(reason) if reason.strip() else reason
