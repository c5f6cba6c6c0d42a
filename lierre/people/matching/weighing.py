"""The weight of evidence of a pair, in bits, field by field."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.comparing import compared
from lierre.people.matching.comparisons import Agreement, Rows, family, given
from lierre.people.matching.frequencies import Rarity
from lierre.people.matching.model import BOTH, FAMILY_ONLY, MISTAKEN, NAMES, NEITHER, PLAINLY, RELATED, Field, Model
from lierre.people.matching.side import Side

Bits = NDArray[np.float64]
MOST: Final = 80.0
GIVEN_AGREES: Final = np.array([*(level != given.DIFFERENT for level in range(len(given.LEVELS))), False])
FAMILY_AGREES: Final = np.array([*(level != family.DIFFERENT for level in range(len(family.LEVELS))), False])


@dataclass
class Pairs:
    """Pairs compared, the class of each by its names, and the source of its line."""

    agreements: dict[str, Agreement]
    classed: Rows
    origin: Rows
    size: int
    # Asked again at each turn of what is learnt.
    places: dict[str, Rows] = field(default_factory=dict)
    worths: dict[str, Rarity] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Model, left: Side, right: Side, l_rows: Rows, r_rows: Rows) -> Self:
        return cls.told(compared(left, right, l_rows, r_rows), model, left, l_rows)

    @classmethod
    def told(cls, agreements: dict[str, Agreement], model: Model, left: Side, l_rows: Rows) -> Self:
        """What was compared before the model was there."""
        return cls(agreements, classes(agreements, len(l_rows)), model.origin(left, l_rows), len(l_rows))

    def only(self, rows: Rows) -> "Pairs":
        some = {name: one.only(rows) for name, one in self.agreements.items()}
        return Pairs(some, self.classed[rows], self.origin[rows], len(rows))

    @cached_property
    def homonyms(self) -> "tuple[Rows, Pairs]":
        """Pairs that homonyms could make, and where they are: both names the same, to the letter."""
        among = np.flatnonzero(same_names(self))
        return among, self.only(among) if len(among) else self

    @cached_property
    def kin(self) -> "tuple[Rows, Pairs]":
        """Those that brothers could make."""
        among = np.flatnonzero(self.classed == FAMILY_ONLY)
        return among, self.only(among) if len(among) else self

    def situation(self, name: str) -> Rows:
        """What the levels of a field depend on: the class of the pair, or the context of the field when it has one."""
        context = self.agreements[name].context
        return self.classed if context is None else context

    def place(self, name: str, size: int) -> Rows:
        """Where each pair is in a table of a field: by situation of each source, then by level. The last is for nothing said."""
        if name not in self.places:
            levels, row = self.agreements[name].levels, self.situation(name) + 4 * self.origin
            self.places[name] = row * (size + 1) + np.where(levels < 0, size, levels)
        return self.places[name]

    def worth(self, name: str, one: Field) -> Rarity:
        """Bits that the rarity of what is shared is worth."""
        if name not in self.worths:
            agreement = self.agreements[name]
            self.worths[name] = np.where(one.rare_or_not[agreement.levels], agreement.rarity, np.float32(0))
        return self.worths[name]


def classes(agreements: dict[str, Agreement], size: int) -> Rows:
    """Which names agree: neither, the given name, the family name, both."""
    found = np.zeros(size, dtype=np.int64)
    first, last = agreements.get("given"), agreements.get("family")
    if first:
        found += GIVEN_AGREES[first.levels]
        found += 2 * (first.levels == given.SWAPPED)
    if last:
        found += 2 * FAMILY_AGREES[last.levels]
    if first:
        found[first.levels == given.CROSSED] = NEITHER
    return found


def same_names(pairs: Pairs) -> NDArray[np.bool_]:
    """Pairs that homonyms could make: both names the same, to the letter."""
    first, last = pairs.agreements.get("given"), pairs.agreements.get("family")
    if first is None or last is None:
        return np.zeros(pairs.size, dtype=bool)
    return (first.levels >= given.EXACT) & (last.levels >= family.USAGE)


def weight(name: str, one: Field, pairs: Pairs, instead: NDArray[np.float64] | None = None) -> Bits:
    """
    Bits in favour of one person rather than two; or of another relation, when its distribution is given `instead`.

    Without information, nothing: the last column of the table is that of what one side does not say.
    """
    table = bits(one, instead) if one.settled is None else one.settled[relation(one, instead)]
    found: Bits = table.take(pairs.place(name, len(one.levels)))
    if one.is_rare:
        found += pairs.worth(name, one)
    return found


def bits(one: Field, instead: NDArray[np.float64] | None = None) -> Bits:
    size = len(one.levels)
    above = one.m if instead is None else np.tile(instead, (len(one.m), 1))
    table = np.zeros((len(one.m), size + 1))
    table[:, :size] = np.log2(above) - np.tile(np.log2(one.u) + np.where(one.rare, one.usual, 0), (len(one.m) // 4, 1))
    return table.ravel()


def settle(model: Model) -> Model:
    """Nothing more will be learnt: what each level weighs is worked out once, for lines that come one by one."""
    for one in model.fields.values():
        one.settled = {relation(one, instead): bits(one, instead) for instead in (None, one.homonym, one.kin)}
    return model


def relation(one: Field, instead: NDArray[np.float64] | None) -> str:
    """Whose distribution this is: of one person, of homonyms, of kin."""
    if instead is None:
        return "person"
    return "homonym" if instead is one.homonym else "kin"


def named(pairs: Pairs) -> Rows:
    """Whether names agree plainly, only if one of them was mistaken, or as those of brothers do."""
    found = np.full(pairs.size, PLAINLY, dtype=np.int64)
    first, last = pairs.agreements.get("given"), pairs.agreements.get("family")
    if first is not None and last is not None:
        found[(pairs.classed == BOTH) & ~same_names(pairs)] = MISTAKEN
        found[first.levels == given.CROSSED] = MISTAKEN
        found[(pairs.classed == FAMILY_ONLY) & (first.levels == given.DIFFERENT)] = RELATED
    return found


@dataclass
class Evidence:
    """Of many pairs: bits for one person against two by chance; how much homonymy and kinship explain it, against chance."""

    person: Bits
    homonym: Bits  # not logarithms: expected numbers, per homonym expected in the base
    kin: Bits
    named: Rows  # how the names agree: `PLAINLY`, `MISTAKEN` or `RELATED`
    origin: Rows  # the source of the line


def weighed(model: Model, pairs: Pairs) -> Evidence:
    """
    A homonym has the names of the line for another reason than chance; kin have its family name; both, what goes with it.
    """
    names, rest = np.zeros(pairs.size), np.zeros(pairs.size)
    for name, one in model.fields.items():
        bits = names if name in NAMES else rest
        bits += weight(name, one, pairs)
    alike, homonyms = pairs.homonyms
    names[alike] -= model.bond
    homonym, kin = np.zeros(pairs.size), np.zeros(pairs.size)
    if len(alike):
        bits = np.full(len(alike), -model.bond)
        for name, one in model.fields.items():
            bits += weight(name, one, homonyms, None if name in NAMES else one.homonym)
        homonym[alike] = expected(bits, model)
    among, brothers = pairs.kin
    if len(among):
        bits = np.zeros(len(among))
        for name, one in model.fields.items():
            if name != "given":
                bits += weight(name, one, brothers, None if name == "family" else one.kin)
        kin[among] = expected(bits, model)
    return Evidence(names + rest, homonym, kin, named(pairs), pairs.origin)


def expected(bits: Bits, model: Model) -> Bits:
    """Not a logarithm: an expected number, for one homonym or one of the kin expected in the base."""
    number: Bits = np.exp2(np.clip(bits, -MOST, MOST)) / model.lines
    return number
