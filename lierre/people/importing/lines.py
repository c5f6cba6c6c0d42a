"""What is kept of a line while deciding whose it is: its keys, its digest, its name."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from lierre.people.facts import Facts
from lierre.people.importing.parts import Batch, Reading, understanding, understood
from lierre.people.importing.statement import Fault, Statement
from lierre.people.importing.table import Row
from lierre.people.matching.keys import hashed, keys_of

# What makes a person: without a family name of some sort, a line only adds to somebody already known.
NAMES: Final = ("family", "usage")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was understood. `keys` are (kind, hash)."""

    number: int
    digest: int
    keys: tuple[tuple[str, int], ...]
    name: str
    facts: str
    asserted_on: str

    @property
    def names_somebody(self) -> bool:
        return bool(self.name)


@dataclass(slots=True)
class Lines:
    """A batch, read. `doubts` come with the rank of their line in the batch, faults with the raw line and its keys."""

    lines: list[Line | None] = field(default_factory=list)
    faults: dict[int, tuple[Fault, str, list[int]]] = field(default_factory=dict)
    doubts: list[tuple[int, Fault]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ToRead:
    batch: Batch
    source_id: int


compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest_of(raw: Any) -> int:
    """Of the line as it came."""
    return hashed(compact(raw))


def read_lines(task: ToRead) -> Lines:
    """Understand a batch. Runs in any process."""
    read = Lines()
    for rank, item in enumerate(task.batch.items):
        said = understood(task.batch.reading, item)
        if isinstance(said, Fault):
            raw = compact(item.cells) if isinstance(item, Row) else ""
            read.faults[rank] = said, raw, keys_despite(said, item, task)
            read.lines.append(None)
            continue
        digest = digest_of(said.raw)
        keys = keys_of(said.facts, task.source_id, digest)
        read.lines.append(
            Line(
                said.line,
                digest,
                tuple((key.kind, key.hash) for key in keys),
                name_of(said.facts),
                compact(said.facts),
                said.asserted_on,
            )
        )
        read.doubts += [(rank, doubt) for doubt in said.doubts]
    return read


def name_of(facts: Facts) -> str:
    """
    The name shown in a report, or "" when the line names nobody.

    >>> name_of({"family": "Hervé", "given": "Amélie"})
    'Hervé Amélie'
    >>> name_of({"given": "Amélie"})
    ''
    """
    family = next((facts[name] for name in NAMES if facts.get(name)), "")  # type: ignore[literal-required]
    return f"{family} {facts.get('given', '')}".strip() if family else ""


def keys_despite(fault: Fault, item: Any, task: ToRead) -> list[int]:
    """The keys of a line that was refused, read again without the cell at fault: it is then known if it comes back."""
    header = task.batch.reading.header
    if not isinstance(item, Row) or fault.column not in header or len(item.cells) != len(header):
        return []
    at = header.index(fault.column)
    said = understanding(task.batch.reading)(Row(item.number, (*item.cells[:at], "", *item.cells[at + 1 :])))
    return [key.hash for key in keys_of(said.facts, task.source_id)] if isinstance(said, Statement) else []


__all__ = ["Line", "Lines", "Reading", "ToRead", "compact", "digest_of", "name_of", "read_lines"]
