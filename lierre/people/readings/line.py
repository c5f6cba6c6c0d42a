"""A record read twice: the cells as they came, and what was understood of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import FIELD
from lierre.people.models import Record
from lierre.people.readings.wording import LISTS, contact_in_words, in_words, position_in_words, study_in_words

SHOWN = {"studies": study_in_words, "positions": position_in_words, "contacts": contact_in_words}
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Cell:
    """`column` is empty when the header does not name it."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was understood."""

    label: str | Promise
    text: str


class Understood:
    """Cells for the line of a table; the document itself otherwise."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.original = record.original
        self.header = record.delivery.header if record.delivery else []

    @property
    def was_typed(self) -> bool:
        """Whether someone typed it here: then nothing else came."""
        return self.record.delivery is None

    @cached_property
    def cells(self) -> list[Cell]:
        if not isinstance(self.original, list):
            return []
        names = [*self.header, *[""] * max(0, len(self.original) - len(self.header))]
        return [Cell(name, shown(value)) for name, value in zip(names, self.original, strict=False)]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.value.strip()]

    @property
    def blanks(self) -> int:
        return len(self.cells) - len(self.filled)

    @property
    def document(self) -> str:
        """What is no line of a table, as text."""
        return "" if self.cells else json.dumps(self.original, ensure_ascii=False, indent=2)[:LONGEST]

    @cached_property
    def said(self) -> list[Said]:
        return list(things_said(self.record.said))


def things_said(facts: Any) -> Iterator[Said]:
    """Facts in words, in the order of the vocabulary."""
    for name in FIELD:
        if name in facts:
            yield Said(FIELD[name].label, in_words(name, facts[name]))
    for name, show in SHOWN.items():
        for item in facts.get(name, ()):
            yield Said(LISTS.get(name, name), show(item))
    if facts.get("identifier"):
        yield Said(_("Identifier of the source"), facts["identifier"])


def shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
