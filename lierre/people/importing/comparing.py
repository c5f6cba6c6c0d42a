"""What lines would change of persons who are already known: they are folded without, then with what is brought."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from django.db import connection

from lierre.people.differences import Change, differences
from lierre.people.facts import Facts
from lierre.people.fold import Policy, Testimony, fold
from lierre.people.importing.lines import Line
from lierre.people.importing.stage import Staged, unpacked
from lierre.people.importing.verdicts import Outcome
from lierre.people.json_text import parsed
from lierre.people.matching.verdict import contradicts
from lierre.people.models.imports import EPOCH
from lierre.people.projection import SLICE, among, held, sliced

SAMPLES: Final = 10
# Greater than any number of a record: what is brought is the latest thing said.
LAST: Final = 1 << 62


@dataclass(frozen=True)
class Brought:
    """A line about someone who is known. `rank` is its place in the import, `said` what was staged of it."""

    rank: int
    person: int
    line: Line
    staged: bytes

    @cached_property
    def said(self) -> Staged:
        return unpacked(self.staged)

    @cached_property
    def facts(self) -> Facts:
        facts: Facts = parsed(self.said.facts)
        return facts


@dataclass(frozen=True, slots=True)
class ToCompare:
    brought: Sequence[Brought]
    source_id: int
    source_kind: str
    asserted: int  # days since 1970-01-01, for lines that do not say their own date
    policy: Policy
    trusted: bool = False  # a signed-in member speaks of themselves: nothing contradicts


@dataclass(frozen=True, slots=True)
class Sample:
    """One line shown as an example. Those with the smallest digests are kept: spread over the file, always the same."""

    digest: int
    rank: int
    number: int
    person: int
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Compared:
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)  # "born filled" or "born changed" → lines
    samples: dict[Outcome, list[Sample]] = field(default_factory=dict)

    def keep(self, outcome: Outcome, sample: Sample) -> None:
        few = self.samples.setdefault(outcome, [])
        few.append(sample)
        if len(few) > 4 * SAMPLES:
            self.samples[outcome] = fewest(few)


def fewest(samples: Iterable[Sample]) -> list[Sample]:
    return heapq.nsmallest(SAMPLES, samples, key=lambda sample: (sample.digest, sample.rank))


def compare(task: ToCompare) -> Compared:
    """Judge each line about known persons. Reads the base, writes nothing. Runs in any process."""
    found = Compared()
    by_person: dict[int, list[Brought]] = {}
    for each in task.brought:
        by_person.setdefault(each.person, []).append(each)
    spoken, standing = heard_of(sorted(by_person), task.source_id)
    for person, lines in by_person.items():
        compare_person(lines, spoken.get(person, []), standing.get(person, set()), task, found)
    found.samples = {outcome: fewest(samples) for outcome, samples in found.samples.items()}
    return found


def compare_person(
    lines: list[Brought], heard: list[Testimony], digests: set[int], task: ToCompare, found: Compared
) -> None:
    before = fold(heard, task.policy)
    fresh: list[Brought] = []
    for each in lines:
        if each.line.digest in digests:
            outcome = Outcome.UNCHANGED
        elif not task.trusted and contradicts(each.facts, before.values, corrects=bool(digests)):
            outcome = Outcome.TO_DECIDE
        else:
            fresh.append(each)
            continue
        found.outcomes[each.rank] = outcome
        found.keep(outcome, sample_of(each))
    if fresh:
        changes = differences(before, fold([*heard, *testimonies(fresh, task)], task.policy))
        outcome = Outcome.ENRICHED if changes else Outcome.CONFIRMED
        found.changed.update({f"{change.field} {'changed' if change.before else 'filled'}" for change in changes})
        for each in fresh:
            found.outcomes[each.rank] = outcome
        found.keep(outcome, sample_of(fresh[0], changes))


def testimonies(lines: Sequence[Brought], task: ToCompare) -> list[Testimony]:
    return [
        Testimony(LAST + number, task.source_kind, days(each.said.asserted_on) or task.asserted, each.facts)
        for number, each in enumerate(lines)
    ]


def sample_of(brought: Brought, changes: Sequence[Change] = ()) -> Sample:
    return Sample(
        brought.line.digest, brought.rank, brought.line.number, brought.person, brought.line.name, tuple(changes[:12])
    )


def days(text: str) -> int:
    """
    Days since 1970-01-01 of a date that may be partial. 0 when nothing is said.

    >>> days("1970-01-02"), days("1970"), days("")
    (1, 0, 0)
    """
    if not text:
        return 0
    return (date.fromisoformat((text + "-01-01")[:10]) - EPOCH).days


def heard_of(person_ids: Sequence[int], source_id: int) -> tuple[dict[int, list[Testimony]], dict[int, set[int]]]:
    """What was said of these persons, in the order of the records; and the digests of what this source has said."""
    spoken: dict[int, list[Testimony]] = {}
    digests: dict[int, set[int]] = {}
    for some in sliced(person_ids, SLICE):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT record.person_id, record.id, source.kind, record.asserted, record.facts, record.source_id,"
                " record.digest FROM people_record record JOIN people_source source ON source.id = record.source_id"
                f" WHERE record.person_id {among(some)} ORDER BY record.person_id, record.id",
                held(some),
            )
            for person_id, number, kind, day, facts, source, digest in cursor.fetchall():
                spoken.setdefault(person_id, []).append(Testimony(number, kind, day, parsed(facts)))
                if source == source_id:
                    digests.setdefault(person_id, set()).add(digest)
    return spoken, digests


__all__ = ["Brought", "Compared", "Sample", "ToCompare", "compare", "days", "fewest"]
