"""The lines of one file, or of the base, ready to be compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Protocol, Self, TypeVar

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

Column = TypeVar("Column", Names, Dates, Mails, Words)
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
    def of(
        cls,
        table: Table,
        schema: Schema,
        *,
        left: bool,
        repeats: frozenset[str] = frozenset(),
        read: "Reading | None" = None,
    ) -> Self:
        """`read`: how columns are made, when some of their values may be known already (`pools`)."""
        side, unread = cls.begun(table, schema, left=left, repeats=repeats)
        return side.filled(unread, (read or anew)(unread))

    @classmethod
    def begun(
        cls, table: Table, schema: Schema, *, left: bool, repeats: frozenset[str] = frozenset()
    ) -> "tuple[Self, list[Unread]]":
        """
        A side, and the columns to be made before it is of use. `repeats`: columns of text of the base that say the names
        again, and are read without them.
        """
        types = schema.left if left else schema.right
        side = cls(table.ids)
        by_kind = {kind: table.columns[column] for column, kind in reversed(types.items())}
        side.origin = by_kind.get("source")
        if said := by_kind.get("gender"):
            side.gender = np.array([_gender(value) for value in said.distinct], dtype=np.int8)[said.codes]
        unread = [
            Unread(name, "", by_kind[kind], _given_names if kind.startswith("given") else _family_names)
            for name, kind in NAMES.items()
            if kind in by_kind
        ]
        names = [table.columns[column] for column, kind in types.items() if kind in NAMES.values()]
        for kind in ("date", "year", "email", *SPLITS):
            for one, other in schema.shared(kind):
                values = table.columns[one if left else other]
                unread.append(_unread(kind, other, without(values, names) if other in repeats else values))
        return side, unread

    def filled(self, unread: "Sequence[Unread]", columns: Sequence[Any]) -> Self:
        for asked, column in zip(unread, columns, strict=True):
            self._hold(asked.where, asked.name, column)
        return self

    @classmethod
    def only(cls, where: str, name: str, column: "Column") -> Self:
        """One column, and no line: to be weighed alone."""
        side = cls(())
        side._hold(where, name, column)
        return side

    def _hold(self, where: str, name: str, column: "Column") -> None:
        if name:
            getattr(self, where)[name] = column
        else:
            setattr(self, where, column)


@dataclass(frozen=True)
class Unread:
    """A column to be made: where it will be on a side, under which name, its values, and how values never met are read."""

    where: str
    name: str
    values: Values
    make: Callable[[Values], Any]

    def read(self) -> Any:
        return self.make(self.values)


class Reading(Protocol):
    """Makes columns, in the order in which they are asked."""

    def __call__(self, unread: Sequence[Unread], /) -> Sequence[Any]: ...


def anew(unread: Sequence[Unread]) -> list[Any]:
    return [one.read() for one in unread]


def _unread(kind: str, name: str, values: Values) -> Unread:
    if kind == "date":
        return Unread("dates", name, values, Dates.of)
    if kind == "year":
        return Unread("years", name, values, Dates.of)
    if kind == "email":
        return Unread("mails", name, values, Mails.of)
    return Unread("words", f"{kind}:{name}", values, _words_of(kind))


def _given_names(values: Values) -> Names:
    return Names.of(values, given_parts, given=True)


def _family_names(values: Values) -> Names:
    return Names.of(values, family_parts, given=False)


@cache
def _words_of(kind: str) -> Callable[[Values], Words]:
    return lambda values: Words.of(values, SPLITS[kind])


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
