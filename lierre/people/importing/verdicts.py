"""What was decided of each line of an import, by its rank: kept beside its files between rehearsal and apply."""

import os
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt


class Outcome(IntEnum):
    """What becomes of a line."""

    REJECTED = 0
    TO_DECIDE = 1
    UNCHANGED = 2  # the same source has already said exactly this
    NEW = 3
    ENRICHED = 4
    CONFIRMED = 5  # kept, and changes no value: only how fresh they are

    @property
    def is_kept(self) -> bool:
        return self >= Outcome.NEW


@dataclass(frozen=True)
class Verdicts:
    """Arrays by rank. `persons` is negative for new persons of this import: -1 is the first."""

    persons: npt.NDArray[np.int64]
    outcomes: npt.NDArray[np.uint8]
    links: npt.NDArray[np.uint8]

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        return self.outcomes >= Outcome.NEW

    @property
    def records(self) -> int:
        return int(self.kept.sum())

    @property
    def new_persons(self) -> int:
        kept = self.persons[self.kept]
        return int(-kept.min(initial=0))

    def save(self, path: Path) -> None:
        """Whole or not at all."""
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez(file, persons=self.persons, outcomes=self.outcomes, links=self.links)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Verdicts":
        with np.load(path) as held:
            return cls(held["persons"], held["outcomes"], held["links"])


class Growing:
    """Verdicts while they are being decided."""

    def __init__(self) -> None:
        self.persons: list[npt.NDArray[np.int64]] = []
        self.outcomes: list[npt.NDArray[np.uint8]] = []
        self.links: list[npt.NDArray[np.uint8]] = []
        self.size = 0

    def add(self, persons: list[int], outcomes: list[int], links: list[int]) -> None:
        self.persons.append(np.array(persons, dtype=np.int64))
        self.outcomes.append(np.array(outcomes, dtype=np.uint8))
        self.links.append(np.array(links, dtype=np.uint8))
        self.size += len(persons)

    def whole(self, decided_later: dict[int, Outcome]) -> Verdicts:
        verdicts = Verdicts(
            joined(self.persons, np.int64), joined(self.outcomes, np.uint8), joined(self.links, np.uint8)
        )
        for rank, outcome in decided_later.items():
            verdicts.outcomes[rank] = outcome
        return verdicts


def joined(parts: list[npt.NDArray[np.int64]] | list[npt.NDArray[np.uint8]], kind: type) -> npt.NDArray:  # type: ignore[type-arg]
    return np.concatenate(parts) if parts else np.array([], dtype=kind)
