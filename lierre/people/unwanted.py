"""
Those who were erased because they asked for it: a new file does not bring them back.

What is remembered of them, and how it is hidden, is the affair of a domain above, which says so when the application
starts: `remember_with`. It is only ever given hashes of strong keys.
"""

from collections.abc import Collection
from typing import Any, Final, Protocol


class Memory(Protocol):
    def keep(self, hashes: Collection[int]) -> None:
        """Remember somebody who bears these keys."""

    def is_empty(self) -> bool: ...

    def among(self, hashes: Collection[int]) -> set[int]:
        """Those of these keys that somebody who was erased bore."""

    def lift(self, hashes: Collection[int], *, by: Any, reason: str = "") -> int:
        """They came back themselves. Answers how many keys are forgotten."""


_memories: Final[list[Memory]] = []


def remember_with(memory: Memory) -> None:
    """Call it when the application starts."""
    _memories[:] = [memory]


def keep(hashes: Collection[int]) -> None:
    for memory in _memories:
        memory.keep(hashes)


def is_nobody() -> bool:
    return all(memory.is_empty() for memory in _memories)


def among(hashes: Collection[int]) -> set[int]:
    return {number for memory in _memories for number in memory.among(hashes)}


def lift(hashes: Collection[int], *, by: Any, reason: str = "") -> int:
    return sum(memory.lift(hashes, by=by, reason=reason) for memory in _memories)
