"""The lines of one file, or of the base, ready to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.columns.dates import Dates
from lierre.people.matching.columns.mails import Mails
from lierre.people.matching.columns.naming import Names
from lierre.people.matching.columns.wording import Words, of_city, of_degree, of_employer, of_text, without
from lierre.people.matching.names.family import family_parts
from lierre.people.matching.names.given import given_parts
from lierre.people.matching.names.letters import folded
from lierre.people.matching.schema import Schema
from lierre.people.matching.table import Table, Values

SPLITS = {
    "employer": of_employer,
    "city": of_city,
    "degree": of_degree,
    "text": of_text,
    "code": of_text,
    "number": of_text,
    "gender": of_text,
}

NAMES: Final = {"given": "given_name", "others": "given_names", "family": "family_name", "usage": "family_name_alt"}
ASKED: Final = 2_000  # lines
UNKNOWN, MAN, WOMAN = range(3)


def _gender(text: str) -> int:
    """
    >>> [_gender(text) for text in ("F", "Mme", "2", "male", "M.", "")]
    [2, 2, 2, 1, 1, 0]
    """
    plain = folded(text).rstrip(".")
    if plain[:1] == "f" or plain[:3] in ("mme", "mad", "mll", "wom", "2"):
        return WOMAN
    return MAN if plain[:1] in ("m", "h", "1") else UNKNOWN


@dataclass
class Side:
    """Columns by the name of what they say: `given`, `family`, then one per pair of columns of the schema."""

    ids: Sequence[str]
    given: Names | None = None
    others: Names | None = None
    family: Names | None = None
    usage: Names | None = None
    dates: dict[str, Dates] = field(default_factory=dict)
    years: dict[str, Dates] = field(default_factory=dict)
    mails: dict[str, Mails] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    gender: NDArray[np.int8] | None = None
    origin: Values | None = None  # the source of each line: each makes mistakes of its own

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, table: Table, schema: Schema, *, left: bool, repeats: frozenset[str] = frozenset()) -> Self:
        """`repeats`: columns of text of the base that say the names again, and are read without them."""
        types = schema.left if left else schema.right
        side = cls(table.ids)
        by_kind = {kind: table.columns[column] for column, kind in reversed(types.items())}
        for name, kind in NAMES.items():
            if kind in by_kind:
                given = kind.startswith("given")
                setattr(side, name, Names.of(by_kind[kind], given_parts if given else family_parts, given=given))
        side.origin = by_kind.get("source")
        if said := by_kind.get("gender"):
            side.gender = np.array([_gender(value) for value in said.distinct], dtype=np.int8)[said.codes]
        names = [table.columns[column] for column, kind in types.items() if kind in NAMES.values()]
        for kind in ("date", "year", "email", *SPLITS):
            for one, other in schema.shared(kind):
                values = table.columns[one if left else other]
                side._add(kind, other, without(values, names) if other in repeats else values)
        return side

    def _add(self, kind: str, name: str, values: Values) -> None:
        if kind == "date":
            self.dates[name] = Dates.of(values)
        elif kind == "year":
            self.years[name] = Dates.of(values)
        elif kind == "email":
            self.mails[name] = Mails.of(values)
        else:
            self.words[f"{kind}:{name}"] = Words.of(values, SPLITS[kind])


def repeats(table: Table, schema: Schema) -> frozenset[str]:
    """The columns of text of the base where most lines say again the names of other columns."""
    names = [table.columns[column] for column, kind in schema.right.items() if kind in NAMES.values()]
    found = set()
    for column, kind in schema.right.items():
        if kind == "text" and names:
            some = [one.only(ASKED) for one in (table.columns[column], *names)]
            before = sum(len(some[0].distinct[code].split()) for code in some[0].codes.tolist())
            rest = without(some[0], some[1:])
            if sum(len(rest.distinct[code].split()) for code in rest.codes.tolist()) * 2 < before:
                found.add(column)
    return frozenset(found)
