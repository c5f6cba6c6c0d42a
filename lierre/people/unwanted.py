"""
Those who were erased because they asked for it: a new file does not bring them back.

What is remembered of them, and how it is hidden, is the affair of a domain above, which says so when the application
starts: `remember_with`. It is only ever given hashes: of strong keys, and of names with a day of birth or a degree.
"""

from collections.abc import Callable, Collection
from typing import Any, Final, Protocol

from lierre.people.erasing_likeness import Likeness

SAME: Final = "same"
PERHAPS: Final = "perhaps"
Recogniser = Callable[[Likeness], str]


class Memory(Protocol):
    def note(self, public_ids: Collection[str], *, on_request: bool) -> None:
        """These persons are about to be erased: a base that is put back from a copy must erase them again."""

    def erase_again(self, *, by: Any) -> int:
        """Erase whoever a copy that was put back has brought back. Answers how many."""

    def keep(self, hashes: Collection[int], likeness: Likeness) -> None:
        """Remember somebody who bears these keys, or is like this."""

    def recogniser(self) -> "Recogniser | None":
        """Tells whether a likeness is that of somebody who was erased. None while nobody is remembered so."""

    def is_empty(self) -> bool: ...

    def among(self, hashes: Collection[int]) -> set[int]:
        """Those of these keys that somebody who was erased bore."""

    def lift(self, hashes: Collection[int], *, by: Any, reason: str = "") -> int:
        """They came back themselves. Answers how many keys are forgotten."""


_memories: Final[list[Memory]] = []


def remember_with(memory: Memory) -> None:
    """Call it when the application starts."""
    _memories[:] = [memory]


def note(public_ids: Collection[str], *, on_request: bool) -> None:
    for memory in _memories:
        memory.note(public_ids, on_request=on_request)


def erase_again(*, by: Any) -> int:
    return sum(memory.erase_again(by=by) for memory in _memories)


def keep(hashes: Collection[int], likeness: Likeness) -> None:
    for memory in _memories:
        memory.keep(hashes, likeness)


def recogniser() -> Recogniser | None:
    """Ask for it once for a whole file: SAME, PERHAPS, or nothing."""
    known = [each for memory in _memories if (each := memory.recogniser())]
    if not known:
        return None
    return lambda likeness: max((each(likeness) for each in known), key=("", PERHAPS, SAME).index)


def is_nobody() -> bool:
    return all(memory.is_empty() for memory in _memories)


def among(hashes: Collection[int]) -> set[int]:
    return {number for memory in _memories for number in memory.among(hashes)}


def lift(hashes: Collection[int], *, by: Any, reason: str = "") -> int:
    return sum(memory.lift(hashes, by=by, reason=reason) for memory in _memories)
