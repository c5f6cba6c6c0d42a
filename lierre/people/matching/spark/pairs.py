"""On Spark: what the whole base says of its values, and which lines share a key that few enough bear."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as arrow
import pyarrow.compute as computed

from lierre.people.matching.blocking import keys
from lierre.people.matching.frequencies import Frequencies
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table, Values

Batches = Iterable[Any]
Reading = Callable[[Table], Side]
LINES: Final = 0  # the number under which the count of lines is told

COUNTS: Final = "name string, number bigint, times bigint"
KEYS: Final = "unique_id string, key bigint, most int"
FEW: Final = """
    WITH few AS (
        SELECT known.key, count(*) AS times FROM known JOIN (SELECT DISTINCT key FROM asked) AS once ON once.key = known.key
        GROUP BY known.key HAVING count(*) <= {most}
    )
    SELECT DISTINCT concat('left-__-', %s) AS join_key_l, concat('right-__-', %s) AS join_key_r, '0' AS match_key
    FROM asked JOIN few ON few.key = asked.key AND few.times <= asked.most JOIN known ON known.key = asked.key
"""
# Inside one file, a pair is met from both of its lines, and is one pair.
SHARED: Final = {
    "link": FEW % ("asked.unique_id", "known.unique_id"),
    "dedupe": FEW % ("least(asked.unique_id, known.unique_id)", "greatest(asked.unique_id, known.unique_id)")
    + " WHERE asked.unique_id != known.unique_id",
}


def table_of(batch: Any, columns: Sequence[str], key: str) -> Table:
    """Lines as Spark hands them."""
    said = {}
    for column in columns:
        coded = computed.fill_null(batch.column(column).cast(arrow.string()), "").dictionary_encode()
        coded = coded.combine_chunks() if isinstance(coded, arrow.ChunkedArray) else coded
        said[column] = Values(coded.dictionary.to_pylist(), coded.indices.to_numpy())
    return Table(batch.column(key).cast(arrow.string()).to_pylist(), said)


def counted(read: Callable[[Any], Side]) -> Callable[[Batches], Iterator[Any]]:
    """How often each value is borne, lot by lot."""

    def count(batches: Batches) -> Iterator[Any]:
        for batch in batches:
            for name, table in Rarities.of(read(batch)).tables.items():
                numbers = np.append(table.known.view(np.int64), LINES)
                times = np.append(table.counts, table.lines)
                yield arrow.record_batch(
                    {"name": arrow.array([name] * len(numbers), arrow.string()), "number": numbers, "times": times}
                )

    return count


def rarities_of(counts: Any) -> Rarities:
    """From the lots put together; values borne once are left out, since one that is not known counts as borne once."""
    found = Rarities()
    names = np.array(counts.column("name").to_pylist(), dtype=object)
    numbers, times = (counts.column(name).to_numpy() for name in ("number", "times"))
    for name in sorted(set(names.tolist())):
        mine = names == name
        known, borne = numbers[mine].view(np.uint64), times[mine]
        lines = int(borne[known == LINES].sum())
        known, borne = known[known != LINES], borne[known != LINES]
        order = np.argsort(known)
        found.tables[name] = Frequencies(known[order], borne[order].astype(np.int64), max(lines, 1))
    return found


def keyed(read: Callable[[Any], Side], *, left: bool) -> Callable[[Batches], Iterator[Any]]:
    """The keys of each line, and how many lines of the base may bear each."""

    def every(batches: Batches) -> Iterator[Any]:
        for batch in batches:
            side = read(batch)
            ids = arrow.array(list(side.ids), arrow.string())
            for kind in keys(side, left=left):
                for one in kind.variants:
                    rows = np.flatnonzero(one)
                    yield arrow.record_batch({
                        "unique_id": ids.take(arrow.array(rows)), "key": one[rows].view(np.int64),
                        "most": np.full(len(rows), kind.most, dtype=np.int32),
                    })  # fmt: skip

    return every
