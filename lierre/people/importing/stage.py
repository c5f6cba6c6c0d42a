"""
What was understood of each line, kept beside the files from the rehearsal to the apply: what is written is what was judged.

One physical line for each line of the import, in the order of ranks; an empty one where nothing was understood.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from lierre.people.json_text import compact, parsed


class Staged(NamedTuple):
    """`facts` and `raw` are the JSON that the record will hold; `keys` are hashes."""

    delivery: int
    number: int
    asserted_on: str
    digest: int
    keys: tuple[int, ...]
    facts: str
    raw: str


def packed(line: Staged) -> bytes:
    """
    JSON writes neither tab nor end of line as they are, so that both can separate.

    >>> line = Staged(4, 12, "2024-01", -5, (7, 8), '{"family":"Hervé"}', '["HERVE"]')
    >>> unpacked(packed(line)) == line
    True
    """
    head = compact([line.delivery, line.number, line.asserted_on, line.digest, line.keys])
    return f"{head}\t{line.facts}\t{line.raw}".encode()


def unpacked(text: bytes) -> Staged:
    head, facts, raw = text.decode().split("\t")
    delivery, number, asserted_on, digest, keys = parsed(head)
    return Staged(delivery, number, asserted_on, digest, tuple(keys), facts, raw)


class Stage:
    """Written whole or not at all: `with Stage(path) as stage: stage.add(lines)`."""

    def __init__(self, path: Path) -> None:
        self.path, self.partial = path, path.with_suffix(".partial")

    def __enter__(self) -> Self:
        self.file = self.partial.open("wb")
        return self

    def add(self, lines: Sequence[bytes]) -> None:
        self.file.writelines(line + b"\n" for line in lines)

    def as_written(self) -> Path:
        """Where what was added so far can be read."""
        self.file.flush()
        return self.partial

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink()


def slices(path: Path, size: int, start: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """Lines from the rank `start` on, some at a time, each time with the rank of the first."""
    with path.open("rb") as file:
        rank = sum(1 for _line in islice(file, start))
        while some := [line.rstrip(b"\n") for line in islice(file, size)]:
            yield rank, some
            rank += len(some)
