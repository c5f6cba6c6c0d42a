"""Two exports, face to face: of one house at two moments, or of one institution that two engines keep."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import orjson
from django.utils.translation import gettext as _

from lierre.people.exporting.bundle import Held
from lierre.people.exporting.comparing import Comparison, walk
from lierre.people.exporting.loading import read_manifest
from lierre.people.exporting.readable import READABLE
from lierre.people.exporting.spelling import kind
from lierre.people.exporting.tables import Table, tables
from lierre.people.exporting.writing import Manifest

# What each house draws for itself: addresses of pages, and how long things took, wherever they are told.
DRAWN: Final = frozenset({"public_id", "seconds"})
TOLD_AGAIN: Final = {"people.import": frozenset({"person"})}  # the samples of a rehearsal lead to pages
IN_WORDS: Final = frozenset({"public_id", "person", "identifier", "canonical"})


def face(one: Path, other: Path, *, exactly: bool = False) -> Comparison:
    """
    What the second lacks, and what it has more, table by table; then file by file.

    Moments and addresses drawn at random are left aside, as two houses never share them, unless everything is compared.
    """
    found = Comparison()
    with closing(Held(one)) as left, closing(Held(other)) as right:
        ours, theirs = read_manifest(left), read_manifest(right)
        found.persons = ours["persons"]
        known = {table.label: table for table in tables()}
        for label, mine, its in pairs(by_name(ours), by_name(theirs)):
            found.tables += 1
            found.rows += mine["rows"] if mine else 0
            if mine is None or its is None:
                found.count(label, mine["rows"] if mine else 0, its["rows"] if its else 0)
            elif mine["sha256"] != its["sha256"]:
                with left.open(mine["path"]) as before, right.open(its["path"]) as after:
                    walk(label, mine["key"], before, after, found, None if exactly else without(aside(known[label])))
        for name, mine, its in pairs(ours["files"], theirs["files"]):
            found.files += 1
            if mine is None or its is None or mine["sha256"] != its["sha256"]:
                found.count(name, int(mine is not None), int(its is not None))
        for name in READABLE if is_readable(ours) and is_readable(theirs) else ():
            if ours["readable"][name]["sha256"] != theirs["readable"][name]["sha256"]:
                with left.open(name) as before, right.open(name) as after:
                    in_words(name, before, after, found, exactly=exactly)
    return found


def by_name(manifest: Manifest) -> dict[str, Any]:
    return {each["name"]: each for each in manifest["tables"]}


def is_readable(manifest: Manifest) -> bool:
    return bool(manifest["readable"])


def pairs(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys([*ours, *theirs]):
        yield name, ours.get(name), theirs.get(name)


def aside(table: Table) -> frozenset[str]:
    """What is not compared of a table: moments, and what was drawn."""
    moments = {str(field.column) for field in table.fields if kind(field) == "DateTimeField"}
    return DRAWN | moments | TOLD_AGAIN.get(table.label, frozenset())


def without(names: frozenset[str]) -> Callable[[bytes], bytes]:
    """
    >>> without(frozenset({"at"}))(b'{"at":"2026","details":{"at":1,"line":2}}')
    b'{"details":{"line":2}}'
    """

    def reduced(line: bytes) -> bytes:
        return orjson.dumps(kept(orjson.loads(line)), option=orjson.OPT_SORT_KEYS)

    def kept(said: Any) -> Any:
        if isinstance(said, dict):
            return {name: kept(value) for name, value in said.items() if name not in names}
        return [kept(each) for each in said] if isinstance(said, list) else said

    return reduced


def in_words(name: str, before: Iterable[bytes], after: Iterable[bytes], found: Comparison, *, exactly: bool) -> None:
    """What people read, line by line: persons come in the order of their numbers on both sides."""
    read = plainly if exactly else told if name.endswith(".jsonl") else in_cells
    for one, other in zip_longest(read(before), read(after)):
        if one != other:
            found.count(name, int(one is not None), int(other is not None))


def plainly(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield from lines


def told(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield from map(without(IN_WORDS), lines)


def in_cells(lines: Iterable[bytes]) -> Iterator[list[str]]:
    rows = csv.reader(io.TextIOWrapper(lines, encoding="utf-8", newline=""), delimiter=";")  # type: ignore[type-var]
    header = next(rows)
    kept = [place for place, name in enumerate(header) if name not in IN_WORDS]
    for row in rows:
        yield [row[place] for place in kept]


def as_text(found: Comparison) -> str:
    """How many differ, then by table or file, then where: never what is written there."""
    counts = {"count": found.differences, "persons": found.persons, "rows": found.rows, "files": found.files}
    lines = [_("%(count)d differences, %(persons)d persons, %(rows)d rows, %(files)d files.") % counts]
    lines += [f"{label}: {count}" for label, count in sorted(found.by_table.items())]
    lines += [
        f"{each.table} {each.key}: -{each.lost} +{each.added} {', '.join(each.columns)}".rstrip()
        for each in found.examples
    ]
    return "\n".join(lines)
