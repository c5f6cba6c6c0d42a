"""What was learnt of two files: how often each agreement is seen between lines of one person, and by chance."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.comparing import Comparison
from lierre.people.matching.schema import MatchingFaultError
from lierre.people.matching.side import Side

VERSION: Final = 2
NAMES: Final = ("given", "family")
# A pair is of one of these by its names. What else agrees by chance depends on it: brothers share a city, homonyms the
# letters of their addresses.
NEITHER, GIVEN_ONLY, FAMILY_ONLY, BOTH = range(4)
CLASSES: Final = ("neither name", "given name only", "family name only", "both names")
# And its names agree plainly, or only if one of them was mistaken, or as those of brothers do.
PLAINLY, MISTAKEN, RELATED = range(3)

Table = NDArray[np.float64]


@dataclass
class Field:
    """
    One comparison: `m` for lines of one person, `u` for lines of two, `kin` for two of one family, `homonym` for two of one name.

    `rare` says at which levels the rarity of the shared value counts, and `usual` what it is worth on average by chance.
    """

    levels: tuple[str, ...]
    rare: NDArray[np.bool_]
    m: Table  # (classes of each source, levels); first those of any source
    u: Table
    kin: Table  # (levels,)
    homonym: Table
    usual: Table
    settled: dict[str, Table] | None = field(
        default=None, init=False, repr=False, compare=False
    )  # by `weighing.settle`

    @cached_property
    def rare_or_not(self) -> NDArray[np.bool_]:
        """The same as `rare`, and False for what one side does not say."""
        return np.append(self.rare, False)

    @cached_property
    def is_rare(self) -> bool:
        """Whether the rarity of what is shared counts at any level."""
        return bool(self.rare.any())

    def described(self) -> dict[str, Any]:
        named = {name: getattr(self, name).tolist() for name in ("rare", "m", "u", "kin", "homonym", "usual")}
        return {"levels": self.levels, **named}


@dataclass
class Model:
    task: str
    fields: dict[str, Field]
    share: float  # of lines whose person is in the base
    homonyms: float  # expected number of homonyms in the base, other than by chance, per line of somebody known
    siblings: float
    homonyms_of_new: float  # and per line of somebody new: who is not known often looks like somebody who is
    siblings_of_new: float
    lines: int  # of the base
    bond: float = 0.0  # bits: how much more often than by chance the base has one given name with one family name
    temper: float = 1.0  # how much of the bits is believed: fields agree together more than the model knows
    lift: float = 1.0  # of the odds of every candidate: of those that the mistakes of a line hide
    lift_of_mistaken: float = 1.0  # and of those whose names a mistake must explain
    lift_of_related: float = 1.0  # and of those with the family name and another given name: twins share the rest
    version: int = VERSION
    origins: list[str] = field(default_factory=list)  # the sources whose mistakes are known
    lift_of_origins: list[float] = field(default_factory=list)  # and of the lines of each

    @classmethod
    def fresh(
        cls,
        task: str,
        comparisons: list[Comparison],
        rare: dict[str, NDArray[np.bool_]],
        lines: int,
        origins: list[str],
    ) -> Self:
        """Before anything is learnt: agreement is the rule for lines of one person."""
        fields = {}
        for one in comparisons:
            size = len(one.levels)
            m = np.full(size, 0.2 / (size - 1))
            m[-1] = 0.8
            some = np.full(size, 1 / size)
            fields[one.name] = Field(
                one.levels,
                rare[one.name],
                np.tile(m, (4 * (1 + len(origins)), 1)),
                np.tile(some, (4, 1)),
                some.copy(),
                some.copy(),
                np.zeros(size),
            )
        return cls(task, fields, 0.7, 0.01, 0.01, 0.01, 0.01, lines, origins=origins)

    @property
    def lifts(self) -> Table:
        """By how the names agree."""
        return self.lift * np.array([1.0, self.lift_of_mistaken, self.lift_of_related])

    @property
    def lifts_of_sources(self) -> Table:
        """By the source of the line; the first is that of a line of no known source."""
        return np.array([1.0, *(self.lift_of_origins or [1.0] * len(self.origins))])

    def origin(self, left: Side, l_rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The source of each line, from 1; 0 for one that the model does not know."""
        if left.origin is None or not self.origins:
            return np.zeros(len(l_rows), dtype=np.int64)
        places = {name: rank + 1 for rank, name in enumerate(self.origins)}
        known = np.array([places.get(name, 0) for name in left.origin.distinct], dtype=np.int64)
        return known[left.origin.codes[l_rows]]

    def save(self, path: str | Path) -> None:
        Path(path).write_text(json.dumps(self.described(), ensure_ascii=False, indent=1), encoding="utf-8")

    def described(self) -> dict[str, Any]:
        return {
            **{key: value for key, value in self.__dict__.items() if key != "fields"},
            "fields": {name: one.described() for name, one in self.fields.items()},
        }

    @classmethod
    def load(cls, path: str | Path) -> Self:
        return cls.from_described(json.loads(Path(path).read_text(encoding="utf-8")))

    @classmethod
    def from_described(cls, said: dict[str, Any]) -> Self:
        if said.get("version") != VERSION:
            raise MatchingFaultError(
                f"This model has the version {said.get('version')}; only the version {VERSION} is read."
            )
        fields = {
            name: Field(
                levels=tuple(one["levels"]),
                rare=np.array(one["rare"], dtype=bool),
                **{key: np.array(one[key], dtype=np.float64) for key in ("m", "u", "kin", "homonym", "usual")},
            )
            for name, one in said["fields"].items()
        }
        return cls(**{**said, "fields": fields})
