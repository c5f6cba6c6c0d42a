"""What is kept of a line while deciding whose it is: its keys, its digest, its name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lierre.people.facts import Facts
from lierre.people.faults import Fault
from lierre.people.importing import freight
from lierre.people.importing.parts import Batch, Reading, understanding, understood
from lierre.people.importing.reading import BadLine
from lierre.people.importing.stage import Staged, packed
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row
from lierre.people.json_text import compact
from lierre.people.matching.keys import hashed, keys_of

# What makes a person: without a family name of some sort, a line only adds to somebody already known.
NAMES: Final = ("family", "usage")


class Line(NamedTuple):
    """What tells whose a line is. `keys` are (kind, hash); `born` is 19910517, or 0; what else it says is staged."""

    number: int
    digest: int
    keys: tuple[tuple[str, int], ...]
    name: str
    born: int = 0

    @property
    def names_somebody(self) -> bool:
        return bool(self.name)


@dataclass(slots=True)
class Lines:
    """
    A batch, read. `doubts` come with the rank of their line in the batch, faults with the raw line and its keys;
    `staged` is what the apply will write of each line, empty where nothing was understood.
    """

    lines: list[Line | None] = field(default_factory=list)
    faults: dict[int, tuple[Fault, str, list[int]]] = field(default_factory=dict)
    doubts: list[tuple[int, Fault]] = field(default_factory=list)
    staged: list[bytes] = field(default_factory=list)

    def __reduce__(self) -> Any:
        lines = [tuple(line) if line else None for line in self.lines]
        faults = [(rank, plain(fault), raw, keys) for rank, (fault, raw, keys) in self.faults.items()]
        doubts = [(rank, plain(each)) for rank, each in self.doubts]
        return lines_again, (freight.packed((lines, faults, doubts, self.staged)),)


def plain(fault: Fault) -> tuple[str, int, str, str]:
    """The cells of a bad line stay behind: they have been kept with it."""
    return fault.code, fault.line, fault.column, fault.value


def lines_again(packet: bytes) -> Lines:
    lines, faults, doubts, staged = freight.unpacked(packet)
    return Lines(
        [Line(*line) if line else None for line in lines],
        {rank: (Fault(*fault), raw, keys) for rank, fault, raw, keys in faults},
        [(rank, Fault(*doubt)) for rank, doubt in doubts],
        staged,
    )


@dataclass(frozen=True, slots=True)
class ToRead:
    batch: Batch
    source_id: int


def digest_of(raw: Any) -> int:
    """Of the line as it came."""
    return hashed(compact(raw))


def read_lines(task: ToRead) -> Lines:
    """Understand a batch. Runs in any process."""
    read = Lines()
    for rank, item in enumerate(task.batch.items):
        said = understood(task.batch.reading, item)
        if isinstance(said, Fault):
            cells = item.cells if isinstance(item, Row | BadLine) else ()
            read.faults[rank] = said, compact(cells) if cells else "", keys_despite(said, cells, task)
            read.lines.append(None)
            read.staged.append(b"")
            continue
        raw, facts = compact(said.raw), compact(said.facts)
        digest = hashed(raw)
        keys = tuple((key.kind, key.hash) for key in keys_of(said.facts, task.source_id, digest))
        read.lines.append(Line(said.line, digest, keys, name_of(said.facts), born_of(said.facts)))
        hashes = tuple(dict.fromkeys(number for _kind, number in keys))
        read.staged.append(
            packed(Staged(task.batch.reading.delivery, said.line, said.asserted_on, digest, hashes, facts, raw))
        )
        read.doubts += [(rank, doubt) for doubt in said.doubts]
    return read


def name_of(facts: Facts) -> str:
    """
    The name shown in a report, or "" when the line names nobody.

    >>> name_of({"family": "Hervé", "given": "Amélie"})
    'Amélie Hervé'
    >>> name_of({"given": "Amélie"})
    ''
    """
    family = next((facts[name] for name in NAMES if facts.get(name)), "")
    return f"{facts.get('given', '')} {family}".strip() if family else ""


def born_of(facts: Facts) -> int:
    """
    >>> born_of({"born": "1991-05-17"}), born_of({"born": "1991-05"}), born_of({})
    (19910517, 0, 0)
    """
    born = facts.get("born", "")
    return int(born.replace("-", "")) if len(born) == len("1991-05-17") else 0


def keys_despite(fault: Fault, cells: Sequence[str], task: ToRead) -> list[int]:
    """
    The keys of a line that was refused, read again without the cell at fault: it is then known if it comes back.

    In a line that lost or won a cell, what stands first is nearly always right, and identifiers stand first.
    """
    header = task.batch.reading.header
    if not cells or not header:
        return []
    kept = [*cells, *[""] * (len(header) - len(cells))][: len(header)]
    if fault.column in header:
        kept[header.index(fault.column)] = ""
    said = understanding(task.batch.reading)(Row(fault.line, tuple(kept)))
    return [key.hash for key in keys_of(said.facts, task.source_id)] if isinstance(said, Statement) else []


__all__ = ["Line", "Lines", "Reading", "ToRead", "compact", "digest_of", "name_of", "read_lines"]
