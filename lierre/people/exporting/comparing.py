"""A house that was restored, told line by line again: no difference with its export is the guarantee."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import orjson

from lierre.people.exporting.bundle import Held
from lierre.people.exporting.loading import read_manifest
from lierre.people.exporting.reading import Reading, steady
from lierre.people.exporting.tables import Table, tables

EXAMPLES: Final = 20

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where, and in which columns: never what they say, because a report is read by more people than a person’s page."""

    table: str
    key: list[Any]
    lost: int
    added: int
    columns: list[str]


@dataclass(slots=True)
class Comparison:
    persons: int = 0
    rows: int = 0
    tables: int = 0
    files: int = 0
    lost: int = 0
    added: int = 0
    by_table: dict[str, int] = field(default_factory=dict)
    examples: list[Difference] = field(default_factory=list)

    @property
    def differences(self) -> int:
        return self.lost + self.added

    def differ(self, label: str, key: Key, gone: list[bytes], come: list[bytes]) -> None:
        """One key under which both sides do not say the same."""
        self.count(label, len(gone), len(come))
        if len(self.examples) < EXAMPLES:
            self.examples.append(Difference(label, list(key), len(gone), len(come), columns_of(gone, come)))

    def count(self, label: str, lost: int, added: int) -> None:
        self.lost += lost
        self.added += added
        self.by_table[label] = self.by_table.get(label, 0) + lost + added

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(path: Path) -> Comparison:
    """Compare this base with an export. A table whose mark is the same says the same; the others are read side by side."""
    found = Comparison()
    with closing(Held(path)) as held, steady() as reading:
        manifest = read_manifest(held)
        told = {each["name"]: each for each in manifest["tables"]}
        found.persons, found.files = manifest["persons"], len(manifest["files"])
        for table in tables():
            if table.label in told:
                count, mark = table.digest(reading)
                found.rows += count
                found.tables += 1
                if mark != told[table.label]["sha256"]:
                    side_by_side(held, table, reading, found)
    return found


def side_by_side(held: Held, table: Table, reading: Reading, found: Comparison) -> None:
    with held.open(table.path) as file:
        after = (line for _rows, lines in table.all_lines(reading) for line in lines.splitlines(True))
        walk(table.label, table.key, file, after, found)


def walk(
    label: str, key: Sequence[str], before: Iterable[bytes], after: Iterable[bytes], found: Comparison,
    reduced: Callable[[bytes], bytes] | None = None,
) -> None:  # fmt: skip
    """Both sides of a table, line by line. `reduced` takes away from a line what is not compared."""
    for number, some, others in paired(keyed(key, before), keyed(key, after)):
        if some == others:
            continue
        if reduced:
            some, others = [reduced(line) for line in some], [reduced(line) for line in others]
        lost, added = Counter(some), Counter(others)
        gone, come = list((lost - added).elements()), list((added - lost).elements())
        if gone or come:
            found.differ(label, number, gone, come)


def keyed(key: Sequence[str], lines: Iterable[bytes]) -> Iterator[tuple[Key, list[bytes]]]:
    """Lines that bear one key, in the order of keys."""

    def key_of(line: bytes) -> Key:
        said = orjson.loads(line)
        return tuple(said[name] for name in key)

    for number, some in groupby(lines, key=key_of):
        yield number, list(some)


def paired(
    before: Iterator[tuple[Key, list[bytes]]], after: Iterator[tuple[Key, list[bytes]]]
) -> Iterator[tuple[Key, list[bytes], list[bytes]]]:
    """Both sides walked together: what one lacks stands opposite nothing."""
    left, right = next(before, None), next(after, None)
    while left or right:
        if right is None or (left and left[0] < right[0]):
            assert left is not None
            yield left[0], left[1], []
            left = next(before, None)
        elif left is None or right[0] < left[0]:
            yield right[0], [], right[1]
            right = next(after, None)
        else:
            yield left[0], left[1], right[1]
            left, right = next(before, None), next(after, None)


def columns_of(gone: list[bytes], come: list[bytes]) -> list[str]:
    """Which columns say something else, when one line stands opposite one line."""
    if len(gone) != 1 or len(come) != 1:
        return []
    one, other = orjson.loads(gone[0]), orjson.loads(come[0])
    return [name for name in one if one[name] != other.get(name)]
