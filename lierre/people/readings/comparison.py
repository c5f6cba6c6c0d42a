"""Persons side by side: what differs first, then what only one tells, then what is the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.duplicates.pair import as_weights
from lierre.people.facts import FIELD
from lierre.people.fold import Folded, fold
from lierre.people.fold.folding import contact_key, position_key, study_key
from lierre.people.fold.text import folded
from lierre.people.fold.visibility import mask_of
from lierre.people.models import Person, Record, Suspicion
from lierre.people.models.policy import policy_in_force
from lierre.people.readings.chapters import CIVIL, IDENTITY, PROFILE, STATES
from lierre.people.readings.clues import Clues, drawn, told
from lierre.people.readings.witness import Witness
from lierre.people.readings.wording import (
    LISTS,
    contact_in_words,
    in_words,
    position_in_words,
    span_in_words,
    study_in_words,
)

NAMES: Final = (*IDENTITY, *CIVIL, *STATES, *PROFILE, *(name for name in FIELD if name.startswith("audience_")))
# Under which clues the engine weighs a value, or a list.
CLUES: Final = {
    "born": ("date",), "sex": ("gender",), "usage": ("family",), "studies": ("study", "degree", "year"),
    "positions": ("employer", "city"), "contacts": ("email", "embedded", "born", "address", "phone", "place"),
}  # fmt: skip
ALIKE: Final = 0.5
Part = tuple[str, bool]


@dataclass(slots=True)
class Told:
    """One thing that is said of one person: its letters, those that the other does not have marked; and who says it."""

    text: str
    witness: Witness
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """`kept`: what would be shown of them, were they one."""

    told: list[Told]
    kept: bool = False


@dataclass(slots=True)
class Line:
    """`bits`: what the engine makes of it; 0 when it made nothing."""

    label: str
    cells: list[Cell]
    note: str = ""
    bits: float = 0.0

    @property
    def speaks_against(self) -> bool:
        return self.bits < 0


class Comparison:
    """Records are read once, for everybody."""

    def __init__(self, persons: Sequence[Person], suspicion: Suspicion) -> None:
        self.persons, self.suspicion = list(persons), suspicion
        policy = policy_in_force()
        self.records: dict[int, list[Record]] = defaultdict(list)
        for record in Record.objects.of([person.pk for person in persons]).spoken():
            self.records[record.person_id or 0].append(record)
        everything = [record for records in self.records.values() for record in records]
        self.witnesses = {record.pk: Witness.of(record) for record in everything}
        self.whose = {record.pk: record.person_id for record in everything}
        self.folded = [
            fold([record.testimony() for record in self.records[person.pk]], policy) for person in self.persons
        ]
        self.as_one = fold(
            sorted((record.testimony() for record in everything), key=lambda each: each.record_id), policy
        )
        self.bits: Mapping[str, float] = {name: bits for name, _level, bits in as_weights(self.weights)}

    @property
    def weights(self) -> Clues:
        return self.suspicion.weights or []

    @property
    def hidden(self) -> list[Person]:
        """Those whom other graduates may not see: looking at them leaves a trace."""
        masks = [mask_of(person.values) for person in self.folded]
        return [person for person, mask in zip(self.persons, masks, strict=True) if hidden_from_graduates(mask)]

    @property
    def why(self) -> str:
        return told(self.weights)

    @cached_property
    def drawing(self) -> Any:
        return drawn(self.weights)

    @cached_property
    def heads(self) -> list[dict[str, Any]]:
        """Each person, since when they are known, by how many witnesses and which."""
        found = []
        for person in self.persons:
            records = self.records[person.pk]
            names = list(dict.fromkeys(record.source.name for record in records))
            since = min((record.asserted_on for record in records), default=None)
            found.append({"person": person, "since": since, "count": len(records), "sources": names})
        return found

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """By kind: "differ", "alone", "same". What the engine holds against them comes first."""
        found: dict[str, list[Line]] = {"differ": [], "alone": [], "same": []}
        for name in NAMES:
            self.compare_scalar(name, found)
        items: tuple[tuple[str, Callable[[Any], Any], Callable[[Any], str]], ...] = (
            ("studies", study_key, study_in_words), ("positions", position_key, position_and_span),
            ("contacts", contact_key, contact_in_words),
        )  # fmt: skip
        for name, key_of, show in items:
            self.compare_list(name, key_of, show, found)
        found["differ"].sort(key=lambda line: not line.speaks_against)
        return found

    def compare_scalar(self, name: str, found: dict[str, list[Line]]) -> None:
        said = [person.values.get(name) for person in self.folded]
        if all(value is None for value in said):
            return
        cells = [self.scalar_cell(name, person) for person in self.folded]
        texts = [folded(cell.told[0].text) for cell in cells if cell.told]
        kind = "differ" if len(set(texts)) > 1 else "same" if len(texts) == len(cells) else "alone"
        if kind == "differ" and len(cells) == 2:
            mark(cells[0].told[0], cells[1].told[0])
        winner = self.whose.get(self.as_one.won_by.get(name, 0))
        for person, cell in zip(self.persons, cells, strict=True):
            cell.kept = kind == "differ" and bool(cell.told) and person.pk == winner
        found[kind].append(Line(str(FIELD[name].label), cells, self.note(name, kind), self.weighed(name)))

    def scalar_cell(self, name: str, person: Folded) -> Cell:
        if name not in person.values:
            return Cell([])
        text = in_words(name, person.values[name])
        return Cell([Told(text, self.witnesses[person.won_by[name]], [(text, False)])])

    def compare_list(
        self, name: str, key_of: Callable[[Any], Any], show: Callable[[Any], str], found: dict[str, list[Line]]
    ) -> None:
        """What they have in common is the same; the rest is put side by side, and all of it would be kept."""
        lists = [{key_of(item): (item, by) for item, by in getattr(person, name)} for person in self.folded]
        common = set.intersection(*(set(each) for each in lists)) if lists else set()
        label = str(LISTS.get(name, name))
        if common:
            found["same"].append(Line(label, [self.list_cell(each, common, show) for each in lists]))
        rest = [self.list_cell(each, each.keys() - common, show) for each in lists]
        speaking = [cell for cell in rest if cell.told]
        if speaking:
            kind = "differ" if len(speaking) > 1 else "alone"
            bits = self.weighed(name) if not common else 0
            kept = _("all would be kept") if kind == "differ" else ""
            found[kind].append(Line(label, rest, _("against; all would be kept") if kept and bits < 0 else kept, bits))

    def list_cell(self, items: Mapping[Any, tuple[Any, int]], keys: Iterable[Any], show: Callable[[Any], str]) -> Cell:
        wanted = set(keys)
        texts = [(show(item), by) for key, (item, by) in items.items() if key in wanted]
        return Cell([Told(text, self.witnesses[by], [(text, False)]) for text, by in texts])

    def weighed(self, name: str) -> float:
        """Bits of all that the engine reads in this value; 0 when it reads nothing in it."""
        return sum(self.bits.get(clue, 0) for clue in CLUES.get(name, (name,)))

    def note(self, name: str, kind: str) -> str:
        bits = self.weighed(name)
        if kind != "differ" or not bits:
            return ""
        return _("against") if bits < 0 else _("can be explained")


def position_and_span(position: Any) -> str:
    return f"{position_in_words(position)} ({span_in_words(position)})"


def mark(one: Told, other: Told) -> None:
    """
    Mark the letters that the other does not have, when the two are nearly the same.

    >>> first, second = Told("Hervé", None), Told("Hervé-Cariou", None)
    >>> mark(first, second)
    >>> first.parts, second.parts
    ([('Hervé', False)], [('Hervé', False), ('-Cariou', True)])
    """
    match = SequenceMatcher(None, one.text, other.text, autojunk=False)
    one.parts, other.parts = [(one.text, False)], [(other.text, False)]
    if match.ratio() < ALIKE:
        return
    one.parts, other.parts = [], []
    for verb, start, end, from_, until in match.get_opcodes():
        if start < end:
            one.parts.append((one.text[start:end], verb != "equal"))
        if from_ < until:
            other.parts.append((other.text[from_:until], verb != "equal"))
