"""
A work shared out between the processors. Whatever their number, what is found is the same.

Each processor has a process of its own, which is this one until it begins, so that nothing has to be told to it; it takes
shares one by one, and ends once it has told what it found. Only a command that does one work and ends may be copied so:
elsewhere threads live, and connections, which a copy would hold too. There, shares are done by threads: numpy and rapidfuzz
let one another go on.
"""

import ctypes
import os
import pickle
import select
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from threading import Lock
from typing import Any, Final, Generic, NoReturn, TypeVar

Answer = TypeVar("Answer")
Share = TypeVar("Share")
MOST: Final = 4  # processes: each holds what it finds
WORKERS: Final = 2  # threads
SIZE: Final = 4  # bytes that tell a share


class Processors:
    """Those that this process may use. `alone`: it does one work and ends. `is_copy`: others are used by other copies."""

    def __init__(self) -> None:
        self.alone, self.is_copy = False, False

    @contextmanager
    def for_one_work(self) -> Iterator[None]:
        self.alone = True
        try:
            yield
        finally:
            self.alone = False

    def count(self) -> int:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def workers(self, shares: int) -> int:
        return min(self.count(), MOST, shares) if self.alone and not self.is_copy else 1

    def each(self, work: Callable[[Iterator[int]], Answer], shares: int) -> list[Answer]:
        """What each process found of the shares that it took: from one answer to as many as there are processors."""
        workers = self.workers(shares) if hasattr(os, "fork") else 1
        return _in_processes(work, shares, workers) if workers > 1 else [work(iter(range(shares)))]

    def beside(self, work: Callable[[], Answer]) -> "Beside[Answer] | None":
        """A work that is done while this process goes on; None when there is but one processor for both."""
        if self.workers(MOST) < 2 or not hasattr(os, "fork"):
            return None
        let_go()
        return Beside(work)

    def taking(self, work: Callable[[Iterator[Share]], Answer], shares: Iterable[Share]) -> list[Answer]:
        """The same by threads, where a copy would hold too much: each takes the next share when it is ready."""
        workers = self.workers(MOST)
        if workers < 2:
            return [work(iter(shares))]
        with ThreadPoolExecutor(workers) as threads:
            in_turn = _InTurn(shares)
            return list(threads.map(work, [in_turn] * workers))

    def at_once(self, works: Sequence[Callable[[], Answer]]) -> list[Answer]:
        """The answer of each work, in order."""
        if not self.alone:
            with ThreadPoolExecutor(WORKERS) as threads:
                return list(threads.map(lambda work: work(), works))
        found: dict[int, Answer] = {}
        for some in self.each(lambda ranks: {rank: works[rank]() for rank in ranks}, len(works)):
            found |= some
        return [found[rank] for rank in range(len(works))]


PROCESSORS: Final = Processors()


class _InTurn(Iterator[Share]):
    """One iterator, asked by several threads."""

    def __init__(self, shares: Iterable[Share]) -> None:
        self.shares, self.lock = iter(shares), Lock()

    def __next__(self) -> Share:
        with self.lock:
            return next(self.shares)


class Beside(Generic[Answer]):
    """A work that a copy of this process does, while this one goes on."""

    def __init__(self, work: Callable[[], Answer]) -> None:
        read, written = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # Arrow has threads, which wait and which a copy never asks
            self.number = os.fork()
        if not self.number:
            _do(work, read, written)
        os.close(written)
        self.told = os.fdopen(read, "rb")

    @property
    def has_answered(self) -> bool:
        return bool(select.select([self.told], [], [], 0)[0])

    def answer(self) -> Answer:
        with self.told:
            try:
                told = pickle.load(self.told)  # noqa: S301 (written by our own copy)
            except EOFError:
                told = MemoryError("A process that was matching has been stopped.")
        os.waitpid(self.number, 0)
        if isinstance(told, BaseException):
            raise told
        found: Answer = told
        return found


def _do(work: Callable[[], Any], read: int, written: int) -> NoReturn:
    """What a copy does: its work, then nothing. What the first process holds is not ended here."""
    try:
        os.close(read)
        PROCESSORS.is_copy = True
        with os.fdopen(written, "wb") as answers:
            try:
                told = work()
            except Exception as fault:
                told = fault  # raised by the first process
            pickle.dump(told, answers, protocol=5)
    finally:
        os._exit(0)


def _in_processes(work: Callable[[Iterator[int]], Answer], shares: int, workers: int) -> list[Answer]:
    let_go()
    tickets, dealt = os.pipe()
    os.write(dealt, b"".join(rank.to_bytes(SIZE, "big") for rank in range(1, shares)))
    os.close(dealt)
    others = [Beside(lambda: work(_taken(tickets))) for _worker in range(workers - 1)]
    try:
        found = [work(chain([0], _taken(tickets)))]  # the first share, often the longest, has not to be told
    finally:
        os.close(tickets)
    return found + [other.answer() for other in others]


def let_go() -> None:
    """What was freed is given back to the system: a copy would hold it too."""
    if arrow := sys.modules.get("pyarrow"):
        arrow.default_memory_pool().release_unused()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _taken(tickets: int) -> Iterator[int]:
    """Shares are taken one by one until none is left."""
    while ticket := os.read(tickets, SIZE):
        yield int.from_bytes(ticket, "big")
