"""
Rows as the text that a server copies, spelled by the column: three times quicker than value by value.

Arrow weighs tens of megabytes: imported by whoever spells many rows, when they do.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
from pyarrow import csv

# A blank that is quoted is an empty text, one that is not is a NULL: so COPY reads it as well.
QUOTED: Final = csv.WriteOptions(include_header=False, quoting_style="all_valid")
PLAIN: Final = (pa.types.is_integer, pa.types.is_string, pa.types.is_boolean, pa.types.is_null)
REFUSALS: Final = (pa.ArrowException, OverflowError, UnicodeEncodeError)


def in_text(column: pa.Array) -> pa.Array:
    """Bytes as the server writes them, in hexadecimal; anything else as it is."""
    if not pa.types.is_binary(column.type):
        return column
    return pa.array([value if value is None else f"\\x{value.hex()}" for value in column.to_pylist()], pa.string())


def spelled(rows: Sequence[Sequence[Any]]) -> bytes | None:
    """
    As `COPY … WITH (FORMAT csv)` reads them. None when they hold something else than numbers, text, bytes and truths.

    >>> spelled([(1, "Le Goff", None), (2, "", True)])
    b'"1","Le Goff",\\n"2","","true"\\n'
    >>> spelled([(b"bytes",)])
    b'"\\\\x6279746573"\\n'
    >>> spelled([(1.5,)])
    """
    try:
        columns = [in_text(pa.array(values)) for values in zip(*rows, strict=True)]
    except REFUSALS:
        return None
    if not all(any(is_plain(column.type) for is_plain in PLAIN) for column in columns):
        return None
    file = io.BytesIO()
    csv.write_csv(pa.table(columns, names=list(map(str, range(len(columns))))), file, QUOTED)
    return file.getvalue()
