"""What a rehearsal found, as its page tells it: outcomes, examples, values that would change, refusals by reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.foundation.charts.words import number
from lierre.people.facts import LEVELS
from lierre.people.faults import Fault, advice, sentence
from lierre.people.models import Import, QuarantinedLine
from lierre.people.models.matching_rule import in_100
from lierre.people.readings.effect import Line, label_of, words_of
from lierre.people.readings.wording import LISTS, USES, date_in_words

# Outcome → class of its segment, in the order of the bar.
SEGMENTS: Final = (("new", "p1"), ("enriched", "p3"), ("confirmed", "p2"), ("unchanged", "track"),
                   ("to_decide", "p-warn"), ("rejected", "p-bad"))  # fmt: skip
OUTCOMES: Final[dict[str, str | Promise]] = {
    "new": _("new persons"),
    "enriched": _("records enriched"),
    "confirmed": _("confirmed, the same newer"),
    "unchanged": _("already known, left alone"),
    "to_decide": _("to decide"),
    "rejected": _("refused"),
}
CODES: Final = {**USES, **LEVELS}
ISO: Final = re.compile(r"\d{4}-\d\d(-\d\d)?")
WIDTH: Final = 1200
GAP: Final = 2
LINES_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Segment:
    css: str
    x: str
    width: str


@dataclass(slots=True)
class Refusals:
    """Lines refused, or to decide, for one reason."""

    reason: str
    what_to_do: str
    count: int = 0
    lines: list[QuarantinedLine] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Example:
    """A person, and what the import would change of them."""

    name: str
    address: str
    file: str
    line: int
    changes: tuple[Line, ...]


class Report:
    """`imported.rehearsal`, read. An import that was not rehearsed has an empty report."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.found: dict[str, Any] = imported.rehearsal or {}
        self.counts: dict[str, int] = dict.fromkeys(OUTCOMES, 0) | self.found.get("counts", {})

    @property
    def lines(self) -> int:
        return int(self.found.get("lines", sum(self.counts.values())))

    @property
    def kept(self) -> int:
        return self.counts["new"] + self.counts["enriched"] + self.counts["confirmed"]

    @property
    def unchanged(self) -> int:
        """Nothing that is shown would change: said already, or confirmed."""
        return self.counts["unchanged"] + self.counts["confirmed"]

    @property
    def new_persons(self) -> int:
        """Several lines of one file may be about one new person."""
        return int(self.found.get("persons", {}).get("new", self.counts["new"]))

    @property
    def matching(self) -> dict[str, Any]:
        """What was made of the lines that no number settles; empty when there were none."""
        return self.found.get("matching") or {}

    @property
    def expected_new(self) -> int:
        return round(float(self.matching.get("expected_new", 0)))

    @property
    def expected_between(self) -> tuple[str, str] | None:
        """Between which two numbers; none for a rehearsal that did not say so, or when nothing is in doubt."""
        low, high = (self.matching.get(f"expected_{end}") for end in ("low", "high"))
        if low is None or high is None or round(low) == round(high):
            return None
        return number(round(low)), number(round(high))

    @property
    def linked_from(self) -> str:
        return in_100(float(self.matching.get("link_from", 0)))

    @property
    def asked_from(self) -> str:
        return in_100(float(self.matching.get("ask_from", 0)))

    @property
    def told(self) -> str:
        """The bar, in words, for those who cannot see it."""
        return ", ".join(f"{count} {OUTCOMES[name]}" for name, count in self.counts.items() if count)

    @property
    def segments(self) -> list[Segment]:
        """The bar: each outcome at its share, none so thin that it cannot be seen."""
        shares = [(css, self.counts[name]) for name, css in SEGMENTS if self.counts[name]]
        total = sum(count for _css, count in shares) or 1
        room, at, drawn = WIDTH - GAP * max(0, len(shares) - 1), 0.0, []
        for css, count in shares:
            width = max(4.0, room * count / total)
            drawn.append(Segment(css, f"{at:.1f}", f"{width:.1f}"))
            at += width + GAP
        return drawn

    def examples(self, outcome: str) -> list[Example]:
        return [example_of(sample) for sample in self.found.get("samples", {}).get(outcome, ())]

    @cached_property
    def enriched(self) -> list[Example]:
        return self.examples("enriched")

    @cached_property
    def new(self) -> list[Example]:
        return self.examples("new")

    @cached_property
    def left_alone(self) -> list[tuple[str | Promise, list[Example]]]:
        """Examples of lines that change no value."""
        told = ((OUTCOMES[name], self.examples(name)) for name in ("confirmed", "unchanged"))
        return [(label, examples) for label, examples in told if examples]

    @cached_property
    def values(self) -> list[tuple[Any, Any, int]]:
        """Which values would be filled or changed, and how often."""
        counted = []
        for name, count in self.found.get("values", {}).items():
            what, _space, how = name.rpartition(" ")
            counted.append((label_of(what or name), HOW.get(how, ""), count))
        return counted

    @cached_property
    def doubts(self) -> list[tuple[str, str, int]]:
        """What was left out of lines that are taken otherwise."""
        samples = {(each["code"], each["column"]): each for each in reversed(self.found.get("doubt_samples", []))}
        told = []
        for doubt in self.found.get("doubts", ()):
            value = samples.get((doubt["code"], doubt["column"]), {}).get("value", "…")
            fault = Fault(doubt["code"], 1, doubt["column"], value)
            told.append((sentence(fault), advice(fault), doubt["count"]))
        return told

    @cached_property
    def refused(self) -> list[Refusals]:
        return list(by_reason(self.imported, QuarantinedLine.objects.refused()))

    @cached_property
    def to_decide(self) -> list[QuarantinedLine]:
        lines = QuarantinedLine.objects.to_decide().filter(delivery__imported=self.imported)
        return list(lines.select_related("delivery")[:LINES_SHOWN])


HOW: Final[dict[str, str | Promise]] = {
    "filled": _("filled in"),
    "changed": _("changed"),
    "gone": _("taken away"),
}


def example_of(sample: dict[str, Any]) -> Example:
    changes = tuple(
        Line(label_of(c["field"]), in_full(c["field"], c["before"]), in_full(c["field"], c["after"]))
        for c in sample.get("changes", ())
    )
    return Example(
        sample.get("name", ""), sample.get("person", ""), sample.get("file", ""), sample.get("line", 0), changes
    )


def in_full(name: str, text: str) -> str:
    """
    A value as a person would write it. Of a study, a position or a contact point, each part.

    >>> in_full("positions", "Géomaticienne, Brest, 2018")
    'Géomaticienne, Brest, 2018'
    """
    if name not in LISTS:
        return words_of(name, text)
    parts = (date_in_words(part) if ISO.fullmatch(part) else CODES.get(part, part) for part in text.split(", "))
    return ", ".join(map(str, parts))


def by_reason(imported: Import, lines: Any) -> Iterator[Refusals]:
    """The lines of an import that were refused, by what is wrong; the most frequent first."""
    about = lines.filter(delivery__imported=imported)
    for reason in about.values("code", "column").annotate(count=Count("pk")).order_by("-count", "code", "column"):
        same = about.filter(code=reason["code"], column=reason["column"]).select_related("delivery")
        few = list(same[:LINES_SHOWN])
        yield Refusals(few[0].reason, few[0].what_to_do, reason["count"], few)
