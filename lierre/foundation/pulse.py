"""A pulse: what a process repeats, in a thread, to show that it lives while its main thread computes."""

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from django.db import DatabaseError, connection, connections

BEAT: Final = 15.0
logger = logging.getLogger(__name__)


class Pulse:
    """Calls `beat` every few seconds until the block ends, or until `beat` answers False."""

    def __init__(self, beat: Callable[[], bool], seconds: float = BEAT) -> None:
        self.beat = beat
        self.seconds = seconds
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self.thread.join()

    def run(self) -> None:
        try:
            while not self.ended.wait(self.seconds):
                try:
                    if not self.beat():
                        return
                except DatabaseError:
                    # The base may be restarting; if it stays away the lease ends, which is what a lease is for.
                    logger.warning("A pulse could not be written.", exc_info=True)
                    connections.close_all()
        finally:
            connections.close_all()


def is_alone() -> bool:
    """Whether no other connection could see what this one writes: in a transaction, or in memory (tests)."""
    here: Any = connection
    return bool(here.in_atomic_block or (here.vendor == "sqlite" and here.is_in_memory_db()))
