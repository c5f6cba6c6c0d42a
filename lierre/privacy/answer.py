"""What privacy answers to those who ask: yes or no, and a sentence that says why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """
    >>> bool(Answer(False, "They asked not to be written to."))
    False
    """

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed
