"""A file read as columns: each distinct value once, and for each line the number of its value."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.processors import WORKERS
from lierre.people.matching.schema import MatchingFaultError

BLOCK: Final = 1 << 20  # bytes read at once


@dataclass
class Values:
    """The distinct values of a column, and the value of each line."""

    distinct: list[str]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[str]) -> Self:
        known: dict[str, int] = {}
        codes = [known.setdefault(value, len(known)) for value in values]
        return cls(list(known), np.array(codes, dtype=np.int32))

    def only(self, lines: int) -> "Values":
        """The same of the first lines."""
        return Values(self.distinct, self.codes[:lines])


@dataclass
class Table:
    ids: Sequence[str]
    columns: dict[str, Values]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, Any]], types: Mapping[str, str], key: str = "id") -> Self:
        """From lines held in memory. A value that is missing is empty."""
        columns = {column: Values.of(str(row.get(column) or "") for row in rows) for column, kind in types.items()}
        return cls([str(row.get(key, "")) for row in rows], columns)

    @classmethod
    def of_columns(cls, ids: Sequence[Any], columns: Mapping[str, Iterable[str]]) -> Self:
        return cls(ids, {name: Values.of(values) for name, values in columns.items()})

    @classmethod
    def read(cls, path: str | Path, types: Mapping[str, str], key: str) -> Self:
        """From a CSV file in UTF-8. The columns that no type describes are left aside."""
        import pyarrow as arrow
        from pyarrow import csv

        try:
            with Path(path).open(encoding="utf-8-sig") as file:
                first = file.readline()
        except (OSError, UnicodeDecodeError) as fault:
            raise MatchingFaultError(_unread(path, fault)) from None
        header = [name.strip().strip('"') for name in first.rstrip("\r\n").split(",")]
        for column in (key, *types):
            if column not in header:
                raise MatchingFaultError(
                    f"The file {path} has no column {column}. Its columns are: {', '.join(header)}."
                )
        wanted = list(types)

        def read(*, lines_inside: bool) -> Any:
            return csv.read_csv(
                path,
                read_options=csv.ReadOptions(column_names=header, skip_rows=1, block_size=BLOCK),
                parse_options=csv.ParseOptions(newlines_in_values=lines_inside),
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys((key, *wanted), arrow.string()),
                    include_columns=[key, *wanted],
                    strings_can_be_null=False,
                ),
            )

        try:
            found = read(lines_inside='"' in first)
        except (arrow.ArrowInvalid, OSError):  # a value of several lines, perhaps, where the file was cut: read as one
            try:
                found = read(lines_inside=True)
            except (arrow.ArrowInvalid, OSError) as fault:
                raise MatchingFaultError(_unread(path, fault)) from None

        def values(column: str) -> Values:
            coded = found.column(column).dictionary_encode().combine_chunks()
            coded = coded.chunk(0) if isinstance(coded, arrow.ChunkedArray) else coded
            # Not `to_numpy`, which would load the whole of pandas wherever it is installed.
            codes: NDArray[Any] = np.from_dlpack(coded.indices)
            return Values(coded.dictionary.to_pylist(), codes)

        with ThreadPoolExecutor(WORKERS) as threads:
            columns = dict(zip(wanted, threads.map(values, wanted), strict=True))
        return cls(found.column(key).to_pylist(), columns)


def _unread(path: str | Path, fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return f"There is no file {path}."
    return f"The file {path} could not be read as CSV in UTF-8: {str(fault).splitlines()[0]}"
