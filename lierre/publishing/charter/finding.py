"""A passage that a rule speaks about: which, why in thirty seconds, how it could be said, and how serious it is."""

from dataclasses import dataclass

from lierre.publishing.charter.asked import ADVICE, BLOCKS, Asked


@dataclass(frozen=True, slots=True)
class Passage:
    """Signs `start` to `end` of one of the texts. `replacement` None: nobody but the author can say it better."""

    part: int
    start: int
    end: int
    sentence: str
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Asked
    part: int
    start: int
    end: int
    passage: str
    sentence: str
    replacement: str | None = None
    severity: str = ADVICE

    @property
    def blocks(self) -> bool:
        return self.severity == BLOCKS

    @property
    def key(self) -> str:
        """Names it on the page: the rule, and where."""
        return f"{self.rule.pk}.{self.part}.{self.start}"

    @property
    def inserts(self) -> bool:
        """Something is missing, rather than wrong."""
        return self.start == self.end
