"""
Batches that were read and wait for their turn. They are judged in their order, once it is known whom their lines resemble.

What tells persons apart may have to be learnt first: other batches are read meanwhile, and as many wait as memory may hold.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Final

from lierre.people.importing.looking_ahead import Seen, learn_ahead, look_alike
from lierre.people.reconciling.asking import Found

WHILE_LEARNING: Final = 50  # batches: a hundred thousand lines
ASKED_TOGETHER: Final = 6


@dataclass(slots=True)
class Held:
    """`unknown`: places in the batch of the lines that name somebody whom no key points at."""

    first: int
    delivery: int
    seen: Seen
    unknown: list[int] = field(default_factory=list)
    answer: "Future[list[Found]] | None" = None  # to a question asked for several batches
    begins: int = 0  # where ours stand in it

    def look_for_unknown(self) -> None:
        base = self.seen.base
        self.unknown = [
            place
            for place, line in enumerate(self.seen.read.lines)
            if line and line.names_somebody and not any(number in base for _kind, number in line.keys)
        ]

    @property
    def is_asked(self) -> bool:
        return not self.unknown or self.answer is not None

    @property
    def is_answered(self) -> bool:
        return self.is_asked and (self.answer is None or self.answer.done())

    @property
    def found(self) -> dict[int, Found]:
        """Whom these lines resemble, by their place."""
        return dict(zip(self.unknown, self.answer.result()[self.begins :], strict=False)) if self.answer else {}


class Queue:
    """`asks` when lines may speak of somebody of the base whom no number tells."""

    def __init__(self, crew: Executor, *, asks: bool) -> None:
        self.crew, self.asks = crew, asks
        self.held: deque[Held] = deque()
        self.learning: Future[None] | None = None

    def put(self, held: Held) -> None:
        if self.asks:
            held.look_for_unknown()
        if held.unknown and self.learning is None:
            self.learning = self.crew.submit(learn_ahead)
        self.held.append(held)

    def ready(self) -> Iterator[Held]:
        """The first batches, as far as nothing must be waited for."""
        while self.held:
            learnt = self.learning is None or self.learning.done()
            if learnt:
                self.ask(at_least=ASKED_TOGETHER)
            most = 2 * ASKED_TOGETHER if learnt else WHILE_LEARNING
            if len(self.held) <= most and not self.held[0].is_answered:
                return
            yield self.next()

    def rest(self) -> Iterator[Held]:
        while self.held:
            yield self.next()

    def next(self) -> Held:
        if self.learning:
            self.learning.result()
        if not self.held[0].is_asked:
            self.ask()
        return self.held.popleft()

    def ask(self, at_least: int = 1) -> None:
        """Whom the lines of several batches resemble: many are weighed more quickly than a few."""
        some = [held for held in self.held if not held.is_asked][:ASKED_TOGETHER]
        if len(some) < at_least:
            return
        staged: list[bytes] = []
        for held in some:
            held.begins = len(staged)
            staged += [held.seen.read.staged[place] for place in held.unknown]
        answer = self.crew.submit(look_alike, staged)
        for held in some:
            held.answer = answer
