"""Lines that were judged become records, and their persons are folded: everything computed before a transaction begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import starmap
from typing import Any, Final, NamedTuple

from django.db import connection

from lierre.foundation.bulk import in_columns
from lierre.people.fold import Policy, Testimony, fold, rows_of
from lierre.people.importing import freight
from lierre.people.importing.comparing import days
from lierre.people.importing.stage import unpacked
from lierre.people.json_text import parsed
from lierre.people.projection import Sheaf
from lierre.people.refold import Spoken, hear

RECORD: Final = (
    "id", "delivery_id", "line", "person_id", "source_id", "asserted", "linked_by", "digest", "raw", "facts",
    "said_by", "reason",
)  # fmt: skip


HANGING: Final = ("studies", "positions", "contacts", "entries")


class RehearseAgain(Exception):  # noqa: N818 - what must be done
    """What was kept of the rehearsal does not go with its verdicts."""


class Kept(NamedTuple):
    """A line that is kept, as it was staged, and the numbers it was given."""

    staged: bytes
    record: int
    person: int
    link: int


@dataclass(frozen=True, slots=True)
class ToFold:
    """`upto` is the rank after the last line of the slice."""

    upto: int
    kept: Sequence[Kept]
    standing: frozenset[int]  # persons who are already in the base
    source_id: int
    source_kind: str
    asserted: int
    policy: Policy

    def __reduce__(self) -> Any:
        kept = freight.packed([tuple(each) for each in self.kept])
        return task_again, (kept, *(getattr(self, each.name) for each in fields(self) if each.name != "kept"))


def task_again(kept: bytes, upto: int, *others: Any) -> ToFold:
    return ToFold(upto, list(starmap(Kept, freight.unpacked(kept))), *others)


@dataclass(slots=True)
class Folded:
    """
    Ready to be written: rows, or for a server and about nobody whom it knows, what it will copy. `heard` are the records of
    the standing persons that the fold has read.
    """

    records: list[tuple[Any, ...]] | bytes = field(default_factory=list)
    keys: list[tuple[int, int]] | bytes = field(default_factory=list)
    heard: dict[int, list[int]] = field(default_factory=dict)
    sheaf: Sheaf = field(default_factory=Sheaf)

    def __reduce__(self) -> Any:
        rows = [getattr(self.sheaf, each.name) for each in fields(Sheaf)]
        return folded_again, (freight.packed((self.records, self.keys, self.heard, rows)),)

    def spell(self) -> None:
        """Whoever writes has then nothing left to do but to send it."""
        for whole, names in ((self, ("records", "keys")), (self.sheaf, HANGING)):
            for name in names:
                setattr(whole, name, in_columns(getattr(whole, name)) or getattr(whole, name))


def folded_again(packet: bytes) -> Folded:
    records, keys, heard, rows = freight.unpacked(packet)
    return Folded(records, keys, heard, Sheaf(*rows))


def fold_lines(task: ToFold) -> Folded:
    """Keep, and fold. Reads the base, writes nothing. Runs in any process."""
    records: list[tuple[Any, ...]] = []
    keys: list[tuple[int, int]] = []
    spoken: Spoken = hear(sorted(task.standing)) if task.standing else {}
    heard = {person: [each.record_id for each in said] for person, said in spoken.items()}
    for each in task.kept:
        line = unpacked(each.staged)
        asserted = days(line.asserted_on) or task.asserted
        records.append((
            each.record, line.delivery, line.number, each.person, task.source_id, asserted, each.link, line.digest,
            line.raw, line.facts, "", "",
        ))  # fmt: skip
        keys.extend((number, each.record) for number in line.keys)
        spoken.setdefault(each.person, []).append(
            Testimony(each.record, task.source_kind, asserted, parsed(line.facts))
        )
    keys.sort()
    done = Folded(records, keys, heard)
    for person, said_of in spoken.items():
        done.sheaf.add(rows_of(person, fold(said_of, task.policy)))
    if not task.standing and connection.vendor == "postgresql":
        done.spell()
    return done


def fold_anew(done: Folded, task: ToFold) -> Folded:
    """Someone wrote about one of these persons meanwhile: hear them again. Call it under the lock."""
    assert not isinstance(done.records, bytes)  # somebody stood: they were not spelled
    spoken = hear(sorted({row[3] for row in done.records}))
    for row in done.records:
        spoken[row[3]].append(Testimony(row[0], task.source_kind, row[5], parsed(row[9])))
    sheaf = Sheaf()
    for person, said in spoken.items():
        sheaf.add(rows_of(person, fold(said, task.policy)))
    return Folded(done.records, done.keys, {}, sheaf)
