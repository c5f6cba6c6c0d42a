"""
What can be known of lines before their turn comes, by whoever helps the one who decides: whom their keys point at, what
they would change, whom they resemble.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lierre.people.importing import freight
from lierre.people.importing.comparing import Brought, Compared, ToCompare, compare
from lierre.people.importing.lines import Lines, ToRead, read_lines
from lierre.people.importing.resolving import persons_by_key
from lierre.people.importing.stage import unpacked
from lierre.people.json_text import parsed
from lierre.people.matching.verdict import decide
from lierre.people.reconciling.asking import Found, match_lines
from lierre.people.reconciling.knowledge import in_force
from lierre.people.reconciling.learning import LEAST_PERSONS, up_to_date
from lierre.people.reconciling.shelf import count_persons


@dataclass(frozen=True, slots=True)
class ToSee:
    """`comparing` is for the lines that are about somebody: none when nobody is known, or when it is settled who speaks."""

    reading: ToRead
    comparing: ToCompare | None = None


@dataclass(slots=True)
class Seen:
    """A batch that was read. `base`: persons by key; `about`: by rank, those to whom lines were compared; what came of it."""

    read: Lines
    base: dict[int, set[int]] = field(default_factory=dict)
    about: dict[int, int] = field(default_factory=dict)
    compared: Compared = field(default_factory=Compared)

    def __reduce__(self) -> Any:
        found = freight.packed(([(key, *persons) for key, persons in self.base.items()], self.about))
        return seen_again, (self.read, found, self.compared)


def seen_again(read: Lines, found: bytes, compared: Compared) -> Seen:
    keys, about = freight.unpacked(found)
    return Seen(read, {key: set(persons) for key, *persons in keys}, about, compared)


def look_ahead(task: ToSee) -> Seen:
    """Read a batch, and find what the base holds of it. Writes nothing. Runs in any process."""
    seen = Seen(read_lines(task.reading))
    if task.comparing is None:
        return seen
    seen.base = persons_by_key(number for line in seen.read.lines if line for _kind, number in line.keys)
    brought = list(spoken_of(seen, task.reading.batch.first))
    seen.about = {each.rank: each.person for each in brought}
    if brought:
        seen.compared = compare(replace(task.comparing, brought=brought))
    return seen


def spoken_of(seen: Seen, first: int) -> Iterator[Brought]:
    """Lines that their keys give to one person of the base, as far as the lines before them say nothing else."""
    digests: set[int] = set()
    for rank, (line, staged) in enumerate(zip(seen.read.lines, seen.read.staged, strict=True), first):
        if line is None or line.digest in digests:
            continue
        digests.add(line.digest)
        verdict = decide([(kind, seen.base[number]) for kind, number in line.keys if number in seen.base])
        if verdict.person:
            yield Brought(rank, verdict.person, line, staged)


def learn_ahead() -> None:
    """Learn what tells persons apart, if the base is large enough and has changed."""
    if count_persons() >= LEAST_PERSONS:
        up_to_date()


def look_alike(staged: Sequence[bytes]) -> list[Found]:
    """Whom each of these lines resembles, from what is known."""
    known = in_force()
    return match_lines([parsed(unpacked(each).facts) for each in staged], known) if known else []
