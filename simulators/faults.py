"""Everything that happens to somebody who publishes: each fault strikes one write, then the next one is fine again."""

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What strikes. « Then » means that the message is online all the same, and that nobody says so."""

    DROP_BEFORE = "drop-before"  # the connection is cut, nothing was taken
    COMMIT_THEN_DROP = "commit-then-drop"
    COMMIT_THEN_500 = "commit-then-500"
    COMMIT_THEN_502 = "commit-then-502"
    COMMIT_THEN_SLOW = "commit-then-slow"  # answered too late, beyond any patience
    TOO_MANY = "429"  # refused before it was read
    TOO_MANY_UNTIL = "429-retry-after"
    UNAUTHORISED_ONCE = "401-once"


COMMITS = frozenset({Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502, Fault.COMMIT_THEN_SLOW})


@dataclass
class Faults:
    """
    Those that will strike, in their order. `slow`: seconds of the slow one; `retry_after`: what the polite 429 says; `struck`:
    how many did.
    """

    waiting: list[Fault] = field(default_factory=list)
    slow: float = 20.0
    struck: int = 0
    retry_after: int = 1
    lock: threading.Lock = field(default_factory=threading.Lock)

    def strike(self, *faults: Fault) -> None:
        with self.lock:
            self.waiting += faults

    def next(self) -> Fault | None:
        with self.lock:
            self.struck += bool(self.waiting)
            return self.waiting.pop(0) if self.waiting else None


@dataclass
class Drawn(Faults):
    """At random, `share` of the writes; those that were asked for first."""

    share: float = 0.25
    kinds: Sequence[Fault] = tuple(Fault)
    luck: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - a game

    def next(self) -> Fault | None:
        found = super().next()
        if found or self.luck.random() >= self.share:
            return found
        self.struck += 1
        return self.luck.choice(self.kinds)
