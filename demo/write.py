"""Writes the files of the institution: `python -m demo.write FOLDER [--size 20000] [--seed 2014] [--only apogee]`.

The same seed and size give the same bytes. Persons are made a slice at a time and forgotten at once, by as many
processes as there are cores when they are many: two million fit in the memory that two thousand need.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from demo.characters import CHARACTERS
from demo.exports.catalogue import FILES, GATHERED, LONG, NAMES, SHORT, Long, Short
from demo.graduate import Graduate
from demo.population import drawn, everyone, slices

SIZE, SEED, MOST = 20_000, 2014, 2_000_000
ALONE: Final = 40  # slices under which other processes would take longer to start than to help

Blocks = Iterable[Sequence[bytes]]


def write(folder: Path, size: int = SIZE, seed: int = SEED, only: Collection[str] = NAMES) -> list[Path]:
    """Write the files, and answer their paths in the order in which an institution would bring them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_short([export for export in SHORT if export.name in only], folder, size, seed)
    write_long([export for export in LONG if export.name in only], folder, size, seed)
    return [folder / file for name in NAMES if name in only for file in FILES[name] if (folder / file).exists()]


def write_short(exports: Sequence[Short], folder: Path, size: int, seed: int) -> None:
    """Gather the persons of each short file in one pass, then write them."""
    if not exports:
        return
    gathered: dict[str, list[Graduate]] = {export.name: [] for export in exports}
    for person in everyone(seed, min(size, GATHERED)):
        for export in exports:
            if export.takes(person):
                gathered[export.name].append(person)
    for export in exports:
        export.write(gathered[export.name], folder)


def write_long(exports: Sequence[Long], folder: Path, size: int, seed: int) -> None:
    """Write the long files side by side, block after block."""
    if not exports:
        return
    with ExitStack() as stack:
        files = [stack.enter_context((folder / export.file).open("wb", buffering=1 << 20)) for export in exports]
        for file, export in zip(files, exports, strict=True):
            file.write(encoded([export.header, *lines_about(CHARACTERS[:size], export)], export))
        for blocks in stack.enter_context(made(slices(size), seed, size, [export.name for export in exports])):
            for file, block in zip(files, blocks, strict=True):
                file.write(block)


def lines_about(persons: Iterable[Graduate], export: Long) -> Iterator[str]:
    """What one file says of these persons."""
    for person in persons:
        yield from export.lines_of(person)


def encoded(lines: Iterable[str], export: Long) -> bytes:
    """The bytes of these lines. Nothing is lost: each export only writes what its encoding holds."""
    return "".join(f"{line}\r\n" for line in lines).encode(export.encoding)


def block(at: int, seed: int, size: int, names: Sequence[str]) -> list[bytes]:
    """What each long file says of one slice of persons. Runs in another process when they are many."""
    persons = list(drawn(seed, at, size))
    return [encoded(lines_about(persons, export), export) for export in LONG if export.name in names]


@contextmanager
def made(numbers: range, seed: int, size: int, names: Sequence[str]) -> Iterator[Blocks]:
    """The blocks of every slice, in order."""
    make: Callable[[int], list[bytes]] = partial(block, seed=seed, size=size, names=names)
    processes = os.cpu_count() or 1
    if len(numbers) <= ALONE or processes == 1:
        yield map(make, numbers)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield pool.imap(make, numbers, chunksize=4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, write, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m demo.write", description="Write the files of the institution.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=SIZE, help="how many graduates, up to 2 000 000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, metavar="NAME", help=", ".join(NAMES))
    asked = parser.parse_args(arguments)
    if not 1 <= asked.size <= MOST:
        parser.error(f"--size goes from 1 to {MOST}")
    began = time.perf_counter()
    for path in write(asked.folder, asked.size, asked.seed, asked.only):
        sys.stdout.write(f"{path.stat().st_size:>13,}  {path}\n".replace(",", " "))
    sys.stdout.write(f"{asked.size} graduates in {time.perf_counter() - began:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
