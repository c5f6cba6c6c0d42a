"""What a correction would change before it is written: the same fold, with one more testimony."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise

from lierre.people.differences import Change, differences
from lierre.people.facts import FIELD
from lierre.people.fold import Testimony, fold
from lierre.people.fold.visibility import mask_of
from lierre.people.models.imports import EPOCH
from lierre.people.readings.apparatus import KINDS
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.wording import LISTS, date_in_words, in_words

LAST: Final = 2**62  # the number of a record that is not written yet


@dataclass(frozen=True, slots=True)
class Line:
    """One value that would change, in words."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that would be kept and not shown, because another witness comes first."""

    label: str | Promise
    text: str
    shown: str
    first: str | Promise


@dataclass(frozen=True, slots=True)
class Effect:
    """`leaves_directory`: nobody but staff would find the person any more."""

    lines: tuple[Line, ...]
    kept: tuple[Kept, ...]
    leaves_directory: bool = False

    @property
    def is_nothing(self) -> bool:
        return not self.lines and not self.kept


def effect_of(sheet: Sheet, facts: Mapping[str, Any], kind: str = "staff") -> Effect:
    """Fold the person as if `kind` had just said this."""
    today = (timezone.localdate() - EPOCH).days
    after = fold([*sheet.testimonies, Testimony(LAST, kind, today, facts)], sheet.policy)  # type: ignore[arg-type]
    lines = tuple(line_of(change) for change in differences(sheet.folded, after))
    kept = []
    for name, value in facts.items():
        if name in FIELD and after.won_by[name] != LAST:
            winner = sheet.apparatus.by_number[after.won_by[name]]
            shown = in_words(name, after.values[name])
            kept.append(Kept(FIELD[name].label, in_words(name, value), shown, KINDS.get(winner.kind, winner.kind)))
    return Effect(lines, tuple(kept), bool(sheet.mask) and not mask_of(after.values))


def line_of(change: Change) -> Line:
    """A difference of the fold, with the words of the pages."""
    return Line(label_of(change.field), words_of(change.field, change.before), words_of(change.field, change.after))


def label_of(name: str) -> str | Promise:
    return LISTS.get(name) or (FIELD[name].label if name in FIELD else name)


def words_of(name: str, text: str) -> str:
    """Differences speak in codes; what has words of its own gets them."""
    field = FIELD.get(name)
    if not text or field is None:
        return text
    if field.kind == "date" and text != "yes":
        return date_in_words(text)
    if field.kind == "sex" or name == "died":
        return in_words(name, text)
    if name.startswith("audience_"):
        return in_words(name, [part for part in text.split(", ") if part])
    return text
