"""Many rows at once, without starving those who write one: quick insertion, blocks of ids, writing in turn."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ROWS_AT_ONCE: Final = 2_000
COPIED_AT_ONCE: Final = 20_000
# Fewer rows are spelled one by one as quickly.
WORTH_COLUMNS: Final = 200
# SQLite has one writer and no queue: the pause is what lets a web write, which tries every 2 ms, come in between.
PAUSE: Final = 0.005
# How often a block is asked again because somebody took one id in the middle of it.
TRIALS: Final = 50

Row = Sequence[Any]


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Row] | bytes) -> int:
    """Insert rows in the current transaction (one is opened when there is none), and tell how many.

    Values go to the database as they are: JSON as text, dates as dates. The embedded database spells moments and UUIDs
    as the fields of Django do. A server also takes what was spelled beforehand, which is not counted: 0.
    """
    if isinstance(rows, bytes):
        with transaction.atomic(savepoint=False):
            return copy_spelled(table, columns, rows)
    write = copy if connection.vendor == "postgresql" else insert
    with transaction.atomic(savepoint=False):
        return write(table, columns, rows)


def copy(table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Through COPY, the fastest way into PostgreSQL. Nothing is sent when there is no row."""
    remaining, count = iter(rows), 0
    while batch := list(islice(remaining, COPIED_AT_ONCE)):
        text = in_columns(batch) if len(batch) >= WORTH_COLUMNS else None
        if text is None:
            with copying(table, columns) as stream:
                for row in batch:
                    stream.write_row(row)
        else:
            copy_spelled(table, columns, text)
        count += len(batch)
    return count


def in_columns(batch: Sequence[Row]) -> bytes | None:
    from lierre.foundation.columns_text import spelled

    return spelled(batch)


def copy_spelled(table: str, columns: Sequence[str], text: bytes) -> int:
    if text:
        with copying(table, columns, " WITH (FORMAT csv)") as stream:
            stream.write(text)
    return 0


@contextmanager
def copying(table: str, columns: Sequence[str], how: str = "") -> Iterator[Any]:
    """What psycopg raises becomes what Django raises, as for any other statement."""
    names = ", ".join(quoted(name) for name in columns)
    statement = f"COPY {quoted(table)} ({names}) FROM STDIN{how}"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(statement) as stream:
        yield stream


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Through `executemany`, a few thousand rows at a time: Django would otherwise hold them all."""
    names = ", ".join(quoted(name) for name in columns)
    statement = f"INSERT INTO {quoted(table)} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
    remaining, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def reserve_ids(table: str, count: int) -> int:
    """The first of `count` consecutive ids that nobody else will ever be given, whatever happens to their rows.

    Raises ValueError when the ids of the table are not numbered by the database.
    """
    if count < 1:
        raise ValueError("A block holds at least one id.")
    with transaction.atomic(savepoint=False):
        return (next_of_sequence if connection.vendor == "postgresql" else next_of_sqlite)(table, count)


def next_of_sqlite(table: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            found = cursor.fetchone()
            if found is None or "AUTOINCREMENT" not in found[0].upper():
                raise ValueError(f"The ids of {table} are not numbered by the database.")
            # No row was ever written there, so the numbering has not begun.
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last: int = cursor.fetchone()[0]
    return last - count + 1


def next_of_sequence(table: str, count: int) -> int:
    """A sequence gives ids one by one: ask for all of them, and again if a web write took one in between."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute"
            " WHERE attrelid = to_regclass(%s) AND attname = 'id'",
            [quoted(table)],
        )
        (sequence,) = cursor.fetchone() or (None,)
        if sequence is None:
            raise ValueError(f"The ids of {table} are not numbered by the database.")
        # Two importers would always take ids from each other's blocks, so they take turns.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reserve {sequence}"])
        for _trial in range(TRIALS):
            cursor.execute(
                "SELECT min(id), max(id) FROM (SELECT nextval(%s::regclass) AS id FROM generate_series(1, %s)) AS ids",
                [sequence, count],
            )
            first, last = cursor.fetchone()
            if last - first + 1 == count:
                return int(first)
    raise RuntimeError(f"No block of {count} ids could be had from {sequence}.")


@contextmanager
def write_in_turn(using: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """One short write transaction of a long series. Compute before it, keep it under a tenth of a second."""
    connection = connections[using]
    outermost = not connection.in_atomic_block
    with transaction.atomic(using=using):
        yield connection
    if outermost and connection.vendor == "sqlite":
        time.sleep(PAUSE)


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
