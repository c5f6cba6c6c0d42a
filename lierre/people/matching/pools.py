"""Values already read: lines that come one by one say the same names, cities and degrees again and again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Column, Side, Unread
from lierre.people.matching.table import Table, Values

MOST: Final = 30_000  # values of one column; beyond, it begins again
AT_FIRST: Final = 1_024


@dataclass
class Pool:
    """What is kept of each distinct value of one column, whatever its kind keeps, one array for each thing."""

    place: dict[str, int] = field(default_factory=dict)
    kept: dict[str, NDArray[Any]] = field(default_factory=dict)
    kind: Callable[..., Any] | None = None

    def column(self, values: Values, make: Callable[[Values], Column]) -> Column:
        """The column of these values, made anew only for those never met."""
        if not values.distinct:
            return make(values)
        fresh = [value for value in values.distinct if value not in self.place]
        if fresh:
            if len(self.place) + len(fresh) > MOST:
                self.place, self.kept = {}, {}
                fresh = values.distinct
            self.keep(fresh, make(Values(fresh, np.arange(len(fresh), dtype=np.int32))))
        rows = np.array([self.place[value] for value in values.distinct], dtype=np.int64)
        assert self.kind is not None
        made: Column = self.kind(codes=values.codes, **{name: array[rows] for name, array in self.kept.items()})
        return made

    def keep(self, fresh: list[str], column: Any) -> None:
        first, self.kind = len(self.place), type(column)
        for name in (one.name for one in fields(column) if one.name != "codes"):
            told = getattr(column, name)
            held = self.kept.get(name)
            if held is None or len(held) < first + len(fresh):
                grown = np.zeros((max(AT_FIRST, 2 * (first + len(fresh))), *told.shape[1:]), dtype=told.dtype)
                if held is not None:
                    grown[:first] = held[:first]
                held = self.kept[name] = grown
            held[first : first + len(fresh)] = told[: len(fresh)]
        self.place.update((value, first + rank) for rank, value in enumerate(fresh))


class Pools:
    """The columns of one side, weighed by the rarities of the base as they are kept."""

    def __init__(
        self, schema: Schema, rarities: Rarities, *, left: bool, repeats: frozenset[str] = frozenset()
    ) -> None:
        self.schema, self.rarities, self.left, self.repeats = schema, rarities, left, repeats
        self.pools: dict[str, Pool] = {}
        self.lock = Lock()

    def side(self, table: Table) -> Side:
        """The same as `Side.of`, then `Rarities.weigh`."""
        with self.lock:
            return Side.of(table, self.schema, left=self.left, repeats=self.repeats, read=self.columns)

    def columns(self, unread: Sequence[Unread]) -> list[Any]:
        return [self.column(one) for one in unread]

    def column(self, unread: Unread) -> Any:
        def weighed(fresh: Values) -> Any:
            made = unread.make(fresh)
            self.rarities.weigh(Side.only(unread.where, unread.name, made))
            return made

        return self.pools.setdefault(f"{unread.where} {unread.name}", Pool()).column(unread.values, weighed)
