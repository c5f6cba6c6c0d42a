"""The lines of an import that no number settles: linked alone, asked about, or new. `importing` obeys."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from lierre.foundation.bulk import insert_rows, write_in_turn
from lierre.people.json_text import compact, parsed
from lierre.people.matching.verdict import contradicts
from lierre.people.models import Import, LineMatch, LineTwin, MatchingRefusal, MatchingRule, Person
from lierre.people.projection import among, held, sliced
from lierre.people.reconciling.asking import Candidate, Found, match_lines
from lierre.people.reconciling.estimate import Estimate
from lierre.people.reconciling.knowledge import Knowledge
from lierre.people.reconciling.learning import LEAST_PERSONS, up_to_date
from lierre.people.reconciling.newcomers import Newcomers
from lierre.people.reconciling.shelf import count_persons
from lierre.people.reconciling.twins import Twins, find_twins

AT_ONCE: Final = 900
TURNS: Final = 30
NUMBERS: Final = ("ine", "student_number")
COLUMNS: Final = (
    "delivery_id", "line", "rank", "person_id", "probability", "weights", "band", "model_id", "rule_id", "answer",
    "answered_by",
)  # fmt: skip
Band = LineMatch.Band


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that names somebody. `keys`: its strong keys, and the digest of the whole line, which is also by itself."""

    delivery: int
    number: int
    keys: tuple[int, ...]
    facts: Mapping[str, Any]
    digest: int = 0


@dataclass(frozen=True, slots=True)
class Recognised:
    """`person` when the line is linked alone; `candidates` when somebody is asked."""

    person: int = 0
    candidates: tuple[int, ...] = ()


NEW: Final = Recognised()


@dataclass
class Recogniser:
    """One pass over an import. `by_person`: whom it has linked already, and by which keys the line is known."""

    imported: Import
    learn: Callable[[], Knowledge | None] = up_to_date
    rule: MatchingRule = field(default_factory=MatchingRule.in_force)
    by_person: dict[int, tuple[int, ...]] = field(default_factory=dict)
    asked: int = 0
    bands: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("link", "ask", "new"), 0))
    nobodies: list[float] = field(default_factory=list)  # of each line, that it speaks of somebody new
    newcomers: Newcomers = field(default_factory=Newcomers)
    twins: Twins = field(default_factory=Twins)

    def begin(self) -> None:
        """What another rehearsal found goes; what somebody answered about two lines stays."""
        LineMatch.objects.filter(delivery__imported=self.imported).delete()
        LineTwin.objects.filter(delivery__imported=self.imported, answer="").delete()

    @cached_property
    def known(self) -> Knowledge | None:
        """Learnt when it is first needed; None in a base too small, where numbers alone tell persons apart."""
        return self.learn() if count_persons() >= LEAST_PERSONS else None

    def recognise(self, lines: Sequence[Asked], ahead: Sequence[Found | None] = ()) -> list[Recognised]:
        """Judge these lines, in their order, and keep what was found: perhaps `ahead`, by another process."""
        if not lines or self.known is None:
            return [NEW] * len(lines)
        found = [each for each in ahead if each] or match_lines([line.facts for line in lines], self.known)
        refused = refusals([key for line in lines for key in line.keys])
        persons = {one.person for each in found for one in each.candidates}
        facing = Facing(persons, self.imported.source_id)
        judged: list[Recognised] = []
        rows: list[tuple[Any, ...]] = []
        for line, each in zip(lines, found, strict=True):
            candidates = [
                one for one in each.candidates if not refused.intersection((key, one.person) for key in line.keys)
            ]
            band = self.band(line, candidates, facing)
            self.bands[band] += 1
            if band == Band.NEW:
                self.newcomers.hear(line.delivery, line.number, line.digest, len(self.nobodies), line.facts)
            self.nobodies.append(each.nobody if candidates else 1.0)
            rows += self.rows(line, candidates, band)
            judged.append(verdict(band, candidates))
        self.asked += len(lines)
        with write_in_turn():
            insert_rows("people_linematch", COLUMNS, rows)
        return judged

    def band(self, line: Asked, candidates: Sequence[Candidate], facing: "Facing") -> str:
        """What a probability says, but for whoever contradicts, and whoever is already another line of this file."""
        best = candidates[0] if candidates else None
        band = self.rule.band(best.probability) if best else Band.NEW.value
        if best is None or band != Band.LINK:
            return band
        if self.by_person.setdefault(best.person, line.keys) != line.keys or facing.contradicted(
            best.person, line.facts
        ):
            return Band.ASK.value
        return band

    def rows(self, line: Asked, candidates: Sequence[Candidate], band: str) -> Iterable[tuple[Any, ...]]:
        assert self.known is not None
        for rank, one in enumerate(candidates, 1):
            yield (
                line.delivery, line.number, rank, one.person, one.probability, compact(one.weights), band,
                self.known.number, self.rule.pk, "", "",
            )  # fmt: skip

    def compare_newcomers(self) -> Twins:
        """Once all lines were read: those which may be one person whom nobody knows."""
        if self.known is not None and self.newcomers.lines:
            self.twins = find_twins(self.newcomers, self.known, self.rule)
            with write_in_turn():
                self.twins.keep(self.newcomers, self.known, self.rule)
        return self.twins

    @property
    def summary(self) -> dict[str, Any]:
        """As JSON, for the page of the rehearsal. Empty when no line was asked about."""
        if not self.asked or self.known is None:
            return {}
        expected = self.expected
        return {
            "lines": self.asked, **self.bands, "expected_new": round(expected.value, 1),
            "expected_low": round(expected.low, 1), "expected_high": round(expected.high, 1),
            "joined": len(self.twins.joined), "asked_within": len(self.twins.asked),
            "model": self.known.number, "link_from": self.rule.link_from, "ask_from": self.rule.ask_from,
        }  # fmt: skip

    @property
    def expected(self) -> Estimate:
        """How many persons are new: a line whose person stands already on another line is not counted twice."""
        assert self.known is not None
        new = new_ones(self.nobodies, self.known.model.share)
        for place, again in self.twins.again.items():
            new[self.newcomers.lines[place].at] *= 1 - again
        return counted(new)


def verdict(band: str, candidates: Sequence[Candidate]) -> Recognised:
    if band == Band.LINK:
        return Recognised(person=candidates[0].person)
    if band == Band.ASK:
        return Recognised(candidates=tuple(one.person for one in candidates))
    return NEW


def new_ones(nobodies: Sequence[float], share: float) -> NDArray[np.float64]:
    """
    Of each line, the probability that it speaks of somebody new. The model takes a `share` of lines to be of somebody
    known; each file has its own, which the file itself tells.

    >>> round(float(new_ones([0.001] * 95 + [1.0] * 5, 0.8).sum()), 1)
    5.0
    """
    new = np.array(nobodies)
    known_to_new = (1 - new) / np.maximum(new, 1e-12) * (1 - share) / share  # whatever the share
    for _turn in range(TURNS):
        new = 1 / (1 + known_to_new * share / max(1 - share, 1e-12))
        share = float(1 - new.mean())
    return np.asarray(new)


def counted(chances: NDArray[np.float64]) -> Estimate:
    """
    How many come true, and between which two numbers nineteen times out of twenty, as far as the chances are right.

    >>> found = counted(np.array([0.5] * 100))
    >>> found.value, round(found.low), round(found.high)
    (50.0, 40, 60)
    """
    value, doubt = float(chances.sum()), 1.96 * float(np.sqrt((chances * (1 - chances)).sum()))
    return Estimate(value, max(0.0, value - doubt), min(float(len(chances)), value + doubt))


def refusals(keys: Sequence[int]) -> set[tuple[int, int]]:
    """What somebody has said of lines with these keys: whom they do not speak of."""
    found: set[tuple[int, int]] = set()
    if not MatchingRefusal.objects.exists():
        return found
    for some in sliced(sorted(set(keys)), AT_ONCE):
        found.update(MatchingRefusal.objects.filter(hash__in=some).values_list("hash", "person_id"))
    return found


class Facing:
    """The numbers that the base already holds of these persons: a line that says others is not linked alone."""

    def __init__(self, persons: Iterable[int], source_id: int) -> None:
        self.born: dict[int, str] = {}
        self.numbers: dict[int, dict[str, set[str]]] = {}
        self.named_here: dict[int, set[str]] = {}
        for some in sliced(sorted(persons), AT_ONCE):
            self.born.update(Person.objects.filter(pk__in=some).values_list("pk", "born"))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT person_id, source_id, facts FROM people_record WHERE person_id {among(some)}", held(some)
                )
                for person, source, facts in cursor.fetchall():
                    self.hear(person, source == source_id, parsed(facts))

    def hear(self, person: int, is_same_source: bool, facts: Mapping[str, Any]) -> None:
        mine = self.numbers.setdefault(person, {})
        for name in NUMBERS:
            if facts.get(name):
                mine.setdefault(name, set()).add(facts[name])
        if is_same_source and facts.get("identifier"):
            self.named_here.setdefault(person, set()).add(facts["identifier"])

    def contradicted(self, person: int, facts: Mapping[str, Any]) -> bool:
        mine = self.numbers.get(person, {})
        if any(facts.get(name) and mine.get(name) and facts[name] not in mine[name] for name in NUMBERS):
            return True
        named = self.named_here.get(person)
        if named and facts.get("identifier") and facts["identifier"] not in named:
            return True  # this source calls them otherwise: it holds them for somebody else
        return contradicts({"born": facts.get("born", "")}, {"born": self.born.get(person, "")})
